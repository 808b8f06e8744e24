/** The papers of a claim, fetched by the claims system through links that its file carries: signed, and good for a day. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { openCaseForEvent } from '#server/cases/move-case.ts';
import { type CaseRow, findCase } from '#server/cases/queries.ts';
import { planOf } from '#server/cases/question.ts';
import { recordDisclosure } from '#server/consents/disclosures.ts';
import { type Consent, findConsent } from '#server/consents/queries.ts';
import { type CasePaper, listCasePapers } from '#server/papers/case-papers.ts';
import type { Paper } from '#server/papers/queries.ts';
import { machineNow } from '#server/platform/clock.ts';
import { type Ctx, SYSTEM } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';

const DAY_MS = 86_400_000;
/** Checked for completeness, and not yet answered. */
export const LEAVING: readonly string[] = ['claim-ready', 'claim-handed-over'];
export const leaves = ({ verdict }: CasePaper): boolean => verdict === 'received' || verdict === 'accepted';

const hmac = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex');
const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** Whether this is signed under the secret of the claims system, within five minutes of now: `<timestamp>.<body>`. */
export function isSigned(secret: string, timestamp: string, body: string, signature: string): boolean {
  const near = Math.abs(machineNow().getTime() / 1000 - Number(timestamp)) <= 300;
  return near && same(signature, hmac(secret, `${timestamp}.${body}`));
}

/** The consent under which the papers leave: the plan's own for a claim. undefined: they do not. */
async function consentOf(db: Db, ctx: Ctx, row: CaseRow, now: Date): Promise<Consent | undefined> {
  const { service } = planOf(ctx, row.plan, row.edition, row.service);
  const to = service.consents.find(({ items }) => items?.includes('claim'))?.to;
  return to ? findConsent(db, ctx, { personId: row.personId, caseId: row.id, recipient: to, now }) : undefined;
}

/** Where each paper can be fetched until tomorrow; null without a consent, or without a claims system. */
export async function linksOf(db: Db, ctx: Ctx, row: CaseRow): Promise<((paperId: string) => string) | null> {
  const secret = ctx.config.gateways.claims?.secret;
  if (!secret || !(await consentOf(db, ctx, row, await ctx.clock.now(db)))) return null;
  const until = String(Math.floor((machineNow().getTime() + DAY_MS) / 1000));
  return (paperId) => {
    const signature = hmac(secret, `GET.${row.id}.${paperId}.${until}`);
    return `/api/claims/papers/${paperId}?${new URLSearchParams({ caseId: row.id, until, signature })}`;
  };
}

type Link = { paperId: string; caseId: string; until: string; signature: string };
/** The paper behind a link, its leaving on record before a byte goes. @throws Problem not-found, whatever is wrong with it */
export async function fetchPaper(db: Db, ctx: Ctx, link: Link): Promise<Paper> {
  const { paperId, caseId, until, signature } = link;
  const secret = ctx.config.gateways.claims?.secret;
  const right = secret && same(signature, hmac(secret, `GET.${caseId}.${paperId}.${until}`));
  if (!right || machineNow().getTime() / 1000 > Number(until)) throw new Problem('not-found');
  const now = await ctx.clock.now(db);
  const row = await findCase(db, ctx, caseId);
  const consent = row && LEAVING.includes(row.state) ? await consentOf(db, ctx, row, now) : undefined;
  const found = row && (await listCasePapers(db, ctx, caseId)).find((one) => one.paper.id === paperId && leaves(one));
  if (!row || !consent || !found) throw new Problem('not-found');
  const { running } = await openCaseForEvent(db, ctx, row);
  await recordDisclosure(db, ctx, {
    personId: row.personId,
    caseId,
    recipient: consent.recipient,
    actor: SYSTEM,
    groups: [running.plan.paperKinds.find(({ kind }) => kind === found.kind)?.group ?? 'papers'],
    fields: [`papers.${found.kind}`],
    contentVersion: `paper:${paperId}`,
    consentId: consent.id,
    now,
  });
  return found.paper;
}
