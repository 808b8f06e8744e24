/** What a case's drugs come to, as its screens show it: every figure with the sentences that lead to it [2.6.2.6]. */
import type { z } from 'zod';
import type { CaseSettlement, Purchase } from '#contract/settlement.ts';
import { dayOf } from '#domain/calendar/day.ts';
import { isOutside } from '#domain/journeys/journey.ts';
import { memberDue } from '#domain/money/ledger.ts';
import { type Left, type LineFigures, quote, sumParts } from '#domain/money/quote.ts';
import type { Text } from '#domain/plan/schema.ts';
import { recordAudit } from '#server/audit/record.ts';
import { getVisibleCase } from '#server/cases/access.ts';
import { planOf } from '#server/cases/question.ts';
import { discloseUnder } from '#server/consents/disclose-part.ts';
import { recipientName } from '#server/consents/recipient-name.ts';
import { findListRow } from '#server/lists/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { packsLeft } from './approvals.ts';
import { readDispensing, readLeft, readReservation } from './ledger.ts';
import { type Approval, type Dispensing, listApprovalsOfCase, listBoxes, listDispensings } from './queries.ts';
import { findTerms, type SettledBy } from './terms.ts';

type Lang = 'zh' | 'en';

export const APPROVAL_STATES: Readonly<Record<Approval['state'], Text>> = {
  reserved: { zh: '已预留，等待取药', en: 'Reserved, waiting to be collected' },
  dispensed: { zh: '已取药', en: 'Collected' },
  expired: { zh: '已过有效期', en: 'Ended' },
  released: { zh: '已取消', en: 'Taken back' },
};

/**
 * The purchases of a case. The house and the member also see what the policy year leaves; who works outside sees what was
 * arranged and settled in this case, as far as her consent names it, and that is a disclosure. @throws Problem not-found
 */
export async function viewSettlement(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  caseId: string,
  lang: Lang,
  now: Date,
): Promise<CaseSettlement> {
  const { row, role } = await getVisibleCase(db, ctx, actor, caseId, now);
  const { plan } = planOf(ctx, row.plan, row.edition, row.service);
  const by = await findTerms(db, ctx, row);
  const printed = (clause: string | undefined) => plan.clauses.find(({ id }) => id === clause)?.printed ?? null;
  let purchases: CaseSettlement['purchases'] = [];
  if (by)
    for (const approval of await listApprovalsOfCase(db, ctx, row.id))
      purchases.push(await purchaseOf(db, ctx, by, approval, lang, now));
  if (isOutside(role)) purchases = await disclose(db, ctx, actor, row, purchases, now);
  else if (role !== 'member' && role !== 'applicant')
    await recordAudit(db, ctx, {
      actor,
      action: 'settlement.read',
      subject: `case:${row.id}`,
      caseId: row.id,
      personId: row.personId,
      now,
    });
  return {
    clause: by?.clause ?? null,
    printed: printed(by?.clause),
    coldChainPrinted: printed(by?.coldChainClause),
    sampleLabel: by?.sampleLabel?.[lang] ?? null,
    budget: by && !isOutside(role) ? await budgetOf(db, ctx, by, row, now) : null,
    purchases,
  };
}

/** Cuts the purchases down to what the consent names, and records what was let through. */
async function disclose(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  row: { id: string; personId: string; version: number },
  purchases: CaseSettlement['purchases'],
  now: Date,
): Promise<CaseSettlement['purchases']> {
  const { fields } = await discloseUnder(
    db,
    ctx,
    actor,
    row,
    {
      group: 'settlement',
      along: ['prescription', 'booking'],
      fields: purchases.map(({ number }) => `purchase.${number}`),
      contentVersion: String(row.version),
    },
    now,
  );
  return purchases.map((purchase) => ({
    ...purchase,
    drug: fields.includes('prescription') ? purchase.drug : '',
    pharmacy: fields.includes('booking') ? purchase.pharmacy : null,
    dispensings: fields.includes('booking') ? purchase.dispensings : [],
  }));
}

async function budgetOf(
  db: Db,
  ctx: Ctx,
  { terms, yearOf }: SettledBy,
  row: { personId: string; plan: string; policyId: string },
  now: Date,
): Promise<CaseSettlement['budget']> {
  const year = yearOf(dayOf(now));
  const left = await readLeft(db, ctx, row, terms, year.from);
  return {
    yearFrom: year.from,
    yearTo: year.to,
    deductible: terms.deductible,
    deductibleLeft: left.deductible,
    annualLimit: terms.annualLimit,
    annualLeft: left.annual,
    lifetimeLimit: terms.lifetimeLimit,
    lifetimeLeft: left.lifetime,
  };
}

async function purchaseOf(
  db: Db,
  ctx: Ctx,
  by: SettledBy,
  approval: Approval,
  lang: Lang,
  now: Date,
): Promise<z.infer<typeof Purchase>> {
  const { plan } = planOf(ctx, approval.plan, approval.edition, approval.service);
  const nameOf = (pharmacy: string) => recipientName(db, ctx, plan, pharmacy, lang);
  const left = await packsLeft(db, ctx, approval);
  const drug = await findListRow(db, ctx, 'drugs', approval.drug);
  const dispensings = [];
  for (const one of await listDispensings(db, ctx, approval.id))
    dispensings.push(await dispensingOf(db, ctx, one, await nameOf(one.pharmacy), lang));
  const waiting = approval.state === 'reserved' && left > 0;
  return {
    id: approval.id,
    number: approval.number,
    round: approval.round,
    drug: drug?.label ?? '',
    state: approval.state,
    stateLabel: APPROVAL_STATES[approval.state][lang],
    pharmacy: approval.pharmacy === null ? null : await nameOf(approval.pharmacy),
    quantity: approval.quantity,
    left: waiting ? left : 0,
    agreedPrice: approval.agreedPrice,
    validUntil: approval.validUntil,
    expected: waiting ? await expectedOf(db, ctx, by, approval, left, lang, now) : null,
    dispensings,
  };
}

/** As it would be settled now: against what is left and what the approval keeps for itself. */
async function expectedOf(
  db: Db,
  ctx: Ctx,
  { terms, yearOf }: SettledBy,
  approval: Approval,
  quantity: number,
  lang: Lang,
  now: Date,
): Promise<NonNullable<z.infer<typeof Purchase>['expected']>> {
  const year = yearOf(dayOf(now));
  const left = await readLeft(db, ctx, approval, terms, year.from);
  const kept = await readReservation(db, ctx, approval);
  const sameYear = year.from === approval.yearFrom;
  const more = (limit: number | null, own: number) => (limit === null ? null : limit + own);
  const own: Left = {
    deductible: left.deductible + (sameYear ? kept.deductible : 0),
    annual: more(left.annual, sameYear ? kept.insurer : 0),
    lifetime: more(left.lifetime, kept.insurer),
  };
  const { agreedPrice: price, socialInsurance } = approval;
  const { insurer, member, lines } = quote(
    terms,
    own,
    [{ quantity, price, agreed: price, elsewhere: 0 }],
    socialInsurance,
  );
  return { insurer, member, lines: lines.map((line) => lineOf(line, lang)) };
}

async function dispensingOf(
  db: Db,
  ctx: Ctx,
  one: Dispensing,
  pharmacy: string,
  lang: Lang,
): Promise<z.infer<typeof Purchase>['dispensings'][number]> {
  const boxes = await listBoxes(db, ctx, one.id);
  const back = sumParts(boxes.filter(({ returnedOn }) => returnedOn !== null));
  const sums = await readDispensing(db, ctx, one.approvalId, one.id);
  return {
    id: one.id,
    on: one.onDay,
    pharmacy,
    insurer: one.figures.insurer - back.insurer,
    member: one.figures.member - back.member,
    coldChainFee: one.coldChainFee,
    returned: back.member,
    paid: sums.received ?? 0,
    memberDue: memberDue(sums),
    signedOn: one.signedOn,
    lines: one.figures.lines.map((line) => lineOf(line, lang)),
    boxes: boxes.map(({ traceCode, batch, expiresOn, returnedOn }) => ({ traceCode, batch, expiresOn, returnedOn })),
  };
}

const lineOf = (line: LineFigures, lang: Lang) => ({
  quantity: line.quantity,
  price: line.price,
  agreed: line.agreed,
  charged: line.charged,
  insurer: line.insurer,
  elsewhere: line.elsewhere,
  waived: line.waived,
  deductible: line.deductible,
  member: line.member,
  steps: line.steps.map(({ code, text, amount }) => ({ code, text: text[lang], amount })),
});
