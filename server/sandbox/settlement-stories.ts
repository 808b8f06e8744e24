/**
 * October's drugs of one company, and its statement in the making with one of each difference. The purchases are written
 * by the actions of server/settlement, since they hang on cases of other services here; the statement is worked on
 * through its routes.
 */
import { dayOf } from '#domain/calendar/day.ts';
import type { InsurerContext } from '#server/ground.ts';
import { listAsOf } from '#server/lists/queries.ts';
import { SYSTEM } from '#server/platform/context.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import {
  agreePharmacy,
  recordDispensing,
  recordPaid,
  recordSigned,
  reserveApproval,
  returnBoxes,
} from '#server/settlement/api.ts';
import { at, type Scene, type Stage } from './story-steps.ts';

const PROVIDER = 'huiyi';
const PHARMACY = '示例药房一店';
const MONTH = '2026-10';

type Purchase = {
  /** Whose case it hangs on. */
  key: string;
  round: number;
  code: string;
  /** Ends unused on that day instead. */
  ends?: string;
  signed?: false;
  returned?: true;
  /** What its invoice line says otherwise; null: nobody invoiced it. */
  invoice?: { quantity?: number; price?: number; amount?: number; times?: number } | null;
};
const PURCHASES: readonly Purchase[] = [
  { key: 'wang', round: 1, code: '81000020261012000001' },
  { key: 'wang', round: 2, code: '81000020261012000002', invoice: { price: 13_200 } },
  { key: 'wang', round: 3, code: '81000020261012000003', invoice: { quantity: 2 } },
  { key: 'wang', round: 4, code: '81000020261012000004', invoice: { times: 2 } },
  { key: 'feng', round: 1, code: '81000020261012000005', signed: false },
  { key: 'feng', round: 2, code: '81000020261012000006', returned: true },
  { key: 'feng', round: 3, code: '81000020261012000007', ends: '2026-10-20' },
  { key: 'feng', round: 4, code: '81000020261012000008', invoice: null },
];
/** Agreed and charged price of a pack, in 分. */
const PRICE = 1_280_000;

/** What was settled for a purchase, by its code: number of the approval and the insurer's share. */
const settled = new Map<string, { number: string; insurer: number }>();

const caseOf = async (stage: Stage, key: string): Promise<string> => {
  const { items } = await (await stage.member(key)).must<{ items: { id: string }[] }>('GET', '/cases');
  return items[0]!.id;
};

async function buy(stage: Stage, purchase: Purchase): Promise<void> {
  const { key, round, code, ends } = purchase;
  const caseId = await caseOf(stage, key);
  await inTransaction(stage.ctx.pool, async (db) => {
    const { ctx } = stage;
    const now = await ctx.clock.now(db);
    const { drug, pharmacy } = await listed(db, ctx, now);
    const made = await reserveApproval(
      db,
      ctx,
      SYSTEM,
      {
        caseId,
        personId: stage.personId(key),
        policyId: stage.policyId(key),
        plan: 'zhenai21',
        edition: '2024-05-23',
        service: 'special-drug',
        round,
        drug: drug.id,
        listVersion: drug.version,
        provider: PROVIDER,
        quantity: 1,
        agreedPrice: PRICE,
        socialInsurance: 'used',
        validUntil: ends ?? '2026-11-11',
      },
      now,
    );
    if ('refused' in made) throw new Error(JSON.stringify(made.refused));
    const { approvalId, number } = made;
    settled.set(code, { number, insurer: 0 });
    await agreePharmacy(db, ctx, SYSTEM, { approvalId, pharmacy }, now);
    if (ends) return;
    const on = dayOf(now);
    const done = await recordDispensing(
      db,
      ctx,
      SYSTEM,
      {
        approvalId,
        pharmacy,
        on,
        boxes: [{ traceCode: code, batch: 'B202608', expiresOn: '2028-07-31', price: PRICE }],
        coldChainFee: 0,
        paidElsewhere: 0,
        socialInsurance: 'used',
      },
      now,
    );
    if ('refused' in done) throw new Error(JSON.stringify(done.refused));
    const { dispensingId, memberDue } = done;
    settled.set(code, { number, insurer: done.figures.insurer });
    if (purchase.signed !== false) await recordSigned(db, ctx, SYSTEM, { dispensingId, on }, now);
    if (memberDue > 0) await recordPaid(db, ctx, SYSTEM, { dispensingId, amount: memberDue }, now);
    if (purchase.returned)
      await returnBoxes(db, ctx, SYSTEM, { dispensingId, boxes: [code], on, cause: 'damaged', again: false }, now);
  });
}

async function listed(db: Db, ctx: InsurerContext, now: Date) {
  const drug = (await listAsOf(db, ctx, 'drugs', dayOf(now), { limit: 1 })).items[0];
  const pharmacy = (await listAsOf(db, ctx, 'pharmacies', dayOf(now), { q: PHARMACY })).items[0];
  if (!drug || !pharmacy) throw new Error('The sample lists lack a drug or the pharmacy');
  return { drug, pharmacy: pharmacy.key };
}

/** A code that was dispensed before is scanned once more: refused, and put before the clerk. */
async function scanAgain(stage: Stage): Promise<void> {
  const caseId = await caseOf(stage, 'feng');
  await inTransaction(stage.ctx.pool, async (db) => {
    const { ctx } = stage;
    const now = await ctx.clock.now(db);
    const { pharmacy } = await listed(db, ctx, now);
    const { rows } = await db.query<{ id: string }>(
      'select id from drug_approvals where insurer = $1 and case_id = $2 and round = 3',
      [ctx.insurer, caseId],
    );
    await recordDispensing(
      db,
      ctx,
      SYSTEM,
      {
        approvalId: rows[0]!.id,
        pharmacy,
        on: dayOf(now),
        boxes: [{ traceCode: PURCHASES[0]!.code, batch: 'B202608', expiresOn: '2028-07-31', price: PRICE }],
        coldChainFee: 0,
        paidElsewhere: 0,
        socialInsurance: 'used',
      },
      now,
    );
  });
}

async function handIn(stage: Stage): Promise<void> {
  const clerk = await stage.worker('settlement-clerk');
  const { id } = await clerk.must<{ id: string }>('POST', '/settlement/statements', {
    provider: PROVIDER,
    month: MONTH,
  });
  const rows = PURCHASES.filter(({ invoice }) => invoice !== null).flatMap(({ code, invoice }) => {
    const { number, insurer } = settled.get(code)!;
    const line = [
      'FP2026100001',
      number,
      code,
      invoice?.quantity ?? 1,
      invoice?.price ?? 12_800,
      (insurer / 100).toFixed(2),
    ];
    return Array.from({ length: invoice?.times ?? 1 }, () => line.join(','));
  });
  const head = 'invoice,approval,traceCode,quantity,price,amount';
  const provider = await stage.worker('provider2');
  const content = Buffer.from([head, ...rows].join('\n'));
  const answer = await provider.sendFile(`/settlement/statements/${id}/invoices`, content, 'fp2026100001.csv');
  if (!(answer.body as { applied: boolean }).applied) throw new Error(JSON.stringify(answer.body));
}

/** The clerk has put the price to the provider. */
async function dispute(stage: Stage): Promise<void> {
  const clerk = await stage.worker('settlement-clerk');
  const { items } = await clerk.must<{ items: { id: string }[] }>('GET', '/settlement/statements');
  const path = `/settlement/statements/${items[0]!.id}`;
  const { items: lines } = await clerk.must<{ items: { key: string; differences: { code: string }[] }[] }>('GET', path);
  const line = lines.find(({ differences }) => differences.some(({ code }) => code === 'price-above-agreed'))!;
  await clerk.must('POST', `${path}/lines/${line.key}`, { act: 'dispute' });
}

export const SETTLEMENTS: readonly Scene[] = [
  ...PURCHASES.map((purchase) => ({ at: at('2026-10-12', '10:00'), play: (stage: Stage) => buy(stage, purchase) })),
  { at: at('2026-10-13', '11:00'), play: scanAgain },
  { at: at('2026-11-04', '09:30'), play: handIn },
  { at: at('2026-11-05', '10:00'), play: dispute },
];
