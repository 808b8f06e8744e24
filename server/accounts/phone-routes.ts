import { z } from 'zod';
import { AskPhoneChange, ChangePhone } from '#contract/accounts.ts';
import type { App } from '#server/app.ts';
import { askPhoneChange, changePhone } from './change-phone.ts';
import { clearCookie } from './cookies.ts';

/** A member changes the number she signs in with; afterwards she signs in anew. */
export async function phoneRoutes(app: App): Promise<void> {
  app.post(
    '/session/phone/code',
    { config: { allow: ['member'], replay: true }, schema: { body: AskPhoneChange, response: { 204: z.null() } } },
    async ({ ctx, actor, body }, reply) => {
      await askPhoneChange(ctx, actor, body.phone);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/session/phone',
    { config: { allow: ['member'], replay: true }, schema: { body: ChangePhone, response: { 204: z.null() } } },
    async (request, reply) => {
      await changePhone(request.ctx, request.actor, request.body);
      clearCookie(request, reply, 'session');
      return reply.code(204).send(null);
    },
  );
}
