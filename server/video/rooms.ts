/** Who may join the room of a call: its doctor, and the member's side. To everybody else it does not exist. */

import type { z } from 'zod';
import type { IceView } from '#contract/video.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { findCaseRole } from '#server/cases/access.ts';
import { findCase } from '#server/cases/queries.ts';
import { iceServers } from '#server/gateways/turn.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { findOffer } from './queries.ts';
import type { Side } from './signals.ts';

/** On which side the caller sits. @throws Problem not-found: guessed, over, or somebody else's */
export async function getSide(db: Db, ctx: Ctx, actor: Actor, room: string): Promise<{ side: Side; caseId: string }> {
  const side = await findSide(db, ctx, actor, room);
  if (!side) throw new Problem('not-found');
  return side;
}

/** The room is the accepted offer, as long as the call lasts. */
export async function findSide(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  room: string,
): Promise<{ side: Side; caseId: string } | undefined> {
  const offer = await findOffer(db, ctx, room);
  if (offer?.outcome !== 'accepted' || offer.overAt !== null) return undefined;
  const row = await findCase(db, ctx, offer.caseId);
  const role = row && (await findCaseRole(db, ctx, actor, row, await ctx.clock.now(db)));
  if (role === 'video-doctor') return offer.doctor === actor.provider ? { side: 'doctor', caseId: row!.id } : undefined;
  return role === 'member' || role === 'applicant' ? { side: 'member', caseId: row!.id } : undefined;
}

/** STUN and TURN for this room, with credentials of the caller's own. @throws Problem not-found */
export async function viewIce(db: Db, ctx: Ctx, actor: Actor, room: string): Promise<z.infer<typeof IceView>> {
  await getSide(db, ctx, actor, room);
  const { iceServers: servers, expiresAt } = iceServers(ctx.config.turn, actor.accountId ?? room, machineNow());
  return { iceServers: servers, expiresAt: expiresAt && formatInstant(expiresAt) };
}
