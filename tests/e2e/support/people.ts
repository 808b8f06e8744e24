/** Being one of the demonstration people: signed in by the sandbox's own route, with the session in the page's cookies. */
import { randomUUID } from 'node:crypto';
import type { APIResponse, Browser, Page } from '@playwright/test';
import { PERSONAS, rightAnswers } from '#server/sandbox/people.ts';

/** A POST as the page's user, with a fresh Idempotency-Key. @throws Error with the answer when it is refused */
export async function send(page: Page, path: string, data: unknown = {}): Promise<APIResponse> {
  const response = await page.request.post(`/api${path}`, { data, headers: { 'idempotency-key': randomUUID() } });
  if (!response.ok()) throw new Error(`POST ${path} answered ${response.status()}: ${await response.text()}`);
  return response;
}

/** Reads a JSON document as the page's user. */
export async function read<T>(page: Page, path: string): Promise<T> {
  const response = await page.request.get(`/api${path}`);
  if (!response.ok()) throw new Error(`GET ${path} answered ${response.status()}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** Signs the page's browser context in as the account, by its key in server/sandbox/people.ts. */
export async function become(page: Page, account: string): Promise<void> {
  await send(page, '/sandbox/sign-in', { account });
}

/** A second person at a browser of her own, who closes it when `body` is done. */
export async function alongside(browser: Browser, account: string, body: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  try {
    const page = await context.newPage();
    await become(page, account);
    await body(page);
  } finally {
    await context.close();
  }
}

type Case = { id: string; number: string; state: string };

/** The member's only case. */
export async function caseOf(page: Page): Promise<Case> {
  const { items } = await read<{ items: Case[] }>(page, '/cases');
  if (items.length !== 1) throw new Error(`expected one case and found ${items.length}`);
  return items[0]!;
}

/** Three right answers of the caller, heard by the service desk that the page is signed in as. */
export async function passCheck(page: Page, account: string, personId: string): Promise<void> {
  const persona = PERSONAS.find(({ key }) => key === account)!;
  const check = (await (await send(page, '/desk/checks', { personId })).json()) as { id: string };
  const answers = rightAnswers(persona);
  await send(page, `/desk/checks/${check.id}/answers`, { answers });
}

type Card = { service: string; policyId: string; person: { id: string; name: string } };

/** Where the member's card of a service leads, below /m/services/ and /m/apply/. */
export async function cardPath(page: Page, name: string, service = 'outpatient-access'): Promise<string> {
  const { items } = await read<{ items: Card[] }>(page, '/benefits');
  const card = items.find((one) => one.service === service && one.person.name === name);
  if (!card) throw new Error(`there is no card of ${service} for ${name}`);
  return `${card.policyId}/${card.person.id}/${card.service}`;
}
