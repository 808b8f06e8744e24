/** The ledger of special drugs in the database: approvals in flight, packs, returns, and that no 分 is lost. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#server/platform/context.ts';
import { inTransaction } from '#server/platform/db.ts';
import { actorOf, count, hold, members, waiting } from '#tests/stories/interleave.ts';
import type { Ids } from '#tests/stories/outpatient.ts';
import { approvalOf, approved, dispense, groundOf, PHARMACY, pack } from '#tests/stories/settlement.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import {
  type ApprovalInput,
  extendApproval,
  quoteApproval,
  recordDispensing,
  recordPaid,
  recordRefunded,
  recordSigned,
  releaseApproval,
  reserveApproval,
  returnBoxes,
} from './api.ts';

const KEYS = ['lin', 'wu', 'zhou', 'he', 'gao', 'ma', 'sun', 'qi'] as const;
let on: TestApp;
let people: ReadonlyMap<string, Ids>;
const grounds = new Map<string, { caseId: string; drug: string }>();
/** Sum and parts of one approval, by account. */
const sums = async (approvalId: string) =>
  Object.fromEntries(
    (
      await on.database.owner.query<{ account: string; sum: number }>(
        `select p.account, sum(p.amount)::int as sum from yilu.settlement_entries e join yilu.settlement_postings p
           on p.entry_id = e.id where e.approval_id = $1 group by 1 having sum(p.amount) <> 0`,
        [approvalId],
      )
    ).rows.map(({ account, sum }) => [account, sum]),
  );
const act = async <T>(work: (db: Parameters<Parameters<typeof inTransaction>[1]>[0], now: Date) => Promise<T>) =>
  inTransaction(on.ctx.pool, async (db) => work(db, await on.ctx.clock.now(db)));
const input = (key: (typeof KEYS)[number], change: Partial<ApprovalInput> = {}) =>
  approvalOf(people.get(key)!, grounds.get(key)!, change);
/** The policy's own figures, as the feed would bring them. */
const feed = (key: string, settlement: Record<string, unknown>) =>
  on.database.owner.query('update yilu.policies set parameters = $2 where id = $1', [
    people.get(key)!.policyId,
    JSON.stringify({ settlement }),
  ]);
const codes = (answer: object) =>
  'refused' in answer ? (answer.refused as { code: string }[]).map(({ code }) => code) : [];

beforeAll(async () => {
  on = await openApp();
  people = await on.people(members(KEYS));
  for (const key of KEYS) grounds.set(key, await groundOf(on, key, people.get(key)!));
});
afterAll(async () => {
  const { rows } = await on.database.owner.query(
    'select entry_id from yilu.settlement_postings group by entry_id having sum(amount) <> 0',
  );
  await on.close();
  expect(rows, 'every entry balances').toEqual([]);
});

describe('approvals in flight', () => {
  test('[hard case 30] the second of two reserves what the first leaves, and gets more once the first has expired', async () => {
    await feed('lin', { deductible: 0, annualLimit: 800_000 });
    const six = { quantity: 1, agreedPrice: 600_000 };
    const actor = await actorOf(on, 'drug-consultant');
    const now = await on.now();
    const first = await hold(on, (db) =>
      reserveApproval(db, on.ctx, actor, input('lin', { ...six, validUntil: '2026-11-18' }), now),
    );
    const second = hold(on, (db) => reserveApproval(db, on.ctx, actor, input('lin', { ...six, round: 2 }), now));
    await waiting(on, 1);
    await first.commit();
    const held = await second;
    if ('refused' in first.result || 'refused' in held.result) throw new Error('refused');
    expect(first.result.figures).toMatchObject({ insurer: 600_000, member: 0 });
    // What she would pay is known before anything is dispensed.
    expect(held.result.figures).toMatchObject({ insurer: 200_000, member: 400_000 });
    expect(held.result.figures.lines[0]!.steps.map(({ code }) => code)).toContain('annual-limit');
    await held.commit();

    await on.advanceTo('2026-11-19T09:00:00+08:00');
    expect(await sums(first.result.approvalId)).toEqual({});
    expect(await count(on, `drug_approvals where state = 'expired'`)).toBe(1);
    expect(codes(await dispense(on, first.result.approvalId))).toContain('approval-expired');
    const again = await act((db, at) => quoteApproval(db, on.ctx, input('lin', { ...six, round: 3 }), at));
    expect(again).toMatchObject({ insurer: 600_000, left: { annual: 0 } });
  });

  test('[2.6.2.6] figures of the policy feed stand before the plan’s samples', async () => {
    const sample = await act((db, now) => quoteApproval(db, on.ctx, input('wu'), now));
    expect(sample).toMatchObject({ sample: true, deductible: 1_000_000, insurer: 1_560_000 });
    await feed('wu', {
      deductible: 5,
      ratios: { used: 5000, 'not-used': 5000, none: 5000 },
      annualLimit: null,
      lifetimeLimit: null,
    });
    const own = await act((db, now) => quoteApproval(db, on.ctx, input('wu', { quantity: 1, agreedPrice: 10 }), now));
    expect(own).toMatchObject({ sample: false, deductible: 5, insurer: 3, member: 7 });
    const none = await act((db, now) => quoteApproval(db, on.ctx, input('wu', { service: 'gene-test' }), now));
    expect(codes(none)).toEqual(['no-settlement']);
  });
});

describe('packs', () => {
  test('a part is dispensed and settled, the rest stays reserved; the whole comes back and nothing is left', async () => {
    const id = await approved(on, input('zhou', { quantity: 3 }));
    const packs = [pack(1_300_000), pack(1_300_000)];
    const first = await dispense(on, id, {
      boxes: packs,
      on: '2026-11-19',
      paidElsewhere: 300_001,
      coldChainFee: 8000,
    });
    if ('refused' in first) throw new Error(JSON.stringify(first.refused));
    // 2 × 12800 - 3000.01 - deductible 10000; what is above the agreed price is the pharmacy's.
    expect(first.figures).toMatchObject({
      eligible: 2_259_999,
      deductible: 1_000_000,
      insurer: 1_259_999,
      waived: 40_000,
    });
    expect(first).toMatchObject({ left: 1, memberDue: 1_008_000 });
    expect(await sums(id)).toMatchObject({ reserved: 1_280_000, 'deductible-met': 1_000_000, insurer: 1_259_999 });

    const pay = (amount: number, how = recordPaid) =>
      act((db, now) => how(db, on.ctx, SYSTEM, { dispensingId: first.dispensingId, amount }, now));
    expect(codes(await pay(1_008_001))).toEqual(['more-than-due']);
    expect(await pay(1_008_000)).toEqual({ memberDue: 0 });

    const back = (boxes: string[], again: boolean) =>
      act((db, now) =>
        returnBoxes(
          db,
          on.ctx,
          SYSTEM,
          { dispensingId: first.dispensingId, boxes, on: '2026-11-19', cause: 'damaged', again },
          now,
        ),
      );
    expect(codes(await back(['8100000999'], true))).toEqual(['pack-not-there']);
    expect(await back([packs[1]!.traceCode], true)).toMatchObject({ left: 2 });
    const last = await back([packs[0]!.traceCode], false);
    expect(last).toMatchObject({ left: 2, memberDue: -1_000_000 });
    expect(codes(await pay(1_000_001, recordRefunded))).toEqual(['nothing-to-refund']);
    expect(await pay(1_000_000, recordRefunded)).toEqual({ memberDue: 0 });
    expect(codes(await back([packs[0]!.traceCode], false))).toEqual(['pack-not-there']);
    expect(
      await act((db, now) => releaseApproval(db, on.ctx, SYSTEM, { approvalId: id, cause: 'withdrawn' }, now)),
    ).toEqual({
      released: 1_560_000,
    });
    // Only the carriage is left: charged, and paid by her [2.6.2.9.3].
    expect(await sums(id)).toEqual({ pharmacy: -8000, received: 8000 });
    // A pack that came back may be dispensed again.
    const next = await approved(on, input('zhou', { round: 2, quantity: 1 }));
    expect(await dispense(on, next, { boxes: [packs[0]!], on: '2026-11-19' })).toMatchObject({ left: 0 });
  });

  test('[hard case 29] a code dispensed before is refused and flagged, also when two pharmacies scan it at once', async () => {
    const [one, other] = [await approved(on, input('he')), await approved(on, input('gao'))];
    const same = pack();
    const actor = await actorOf(on, 'pharmacist');
    const given = {
      pharmacy: PHARMACY,
      on: '2026-11-19',
      coldChainFee: 0,
      paidElsewhere: 0,
      socialInsurance: 'used' as const,
    };
    const now = await on.now();
    const first = await hold(on, (db) =>
      recordDispensing(db, on.ctx, actor, { ...given, approvalId: one, boxes: [same, pack()] }, now),
    );
    const second = hold(on, (db) =>
      recordDispensing(db, on.ctx, actor, { ...given, approvalId: other, boxes: [pack(), same] }, now),
    );
    await waiting(on, 1);
    await first.commit();
    const held = await second;
    await held.commit();
    expect(first.result).toMatchObject({ left: 0 });
    expect(codes(held.result)).toEqual(['trace-code-used']);
    expect(codes(await dispense(on, other, { on: '2026-11-19', boxes: [same] }))).toEqual(['trace-code-used']);
    expect(
      await count(on, `settlement_flags where code = 'trace-code-used' and trace_code = $1`, [same.traceCode]),
    ).toBe(1);
    expect(await sums(other)).toMatchObject({ reserved: 1_560_000 });
    expect(await dispense(on, other, { on: '2026-11-19', boxes: [pack(), pack()] })).toMatchObject({ left: 0 });
    expect(codes(await dispense(on, other, { on: '2026-11-19' }))).toEqual(['approval-over']);
  });

  test('[2.6.faq.2] a pharmacy that was not agreed is refused and flagged; every other fault is named too', async () => {
    const id = await approved(on, input('ma', { quantity: 1 }));
    const twice = pack();
    const answer = await dispense(on, id, {
      pharmacy: 'another',
      on: '2026-11-20',
      boxes: [twice, twice, pack(-1, { expiresOn: '2026-01-01', traceCode: 'x' })],
      coldChainFee: 0.5,
    });
    expect(codes(answer).sort()).toEqual([
      'amount-wrong',
      'amount-wrong',
      'bad-trace-code',
      'in-the-future',
      'over-quantity',
      'pack-expired',
      'pharmacy-not-agreed',
      'trace-code-twice',
    ]);
    expect(await count(on, `settlement_flags where code = 'pharmacy-not-agreed' and pharmacy = 'another'`)).toBe(1);
    expect(codes(await dispense(on, id, { on: '2026-11-19', paidElsewhere: 1_280_001 }))).toEqual([
      'elsewhere-too-much',
    ]);
    expect(codes(await dispense(on, id, { on: '2026-11-17', boxes: [] })).sort()).toEqual([
      'before-approval',
      'no-boxes',
    ]);
  });

  test('a dispensing is settled in the policy year of its day, and signed for once', async () => {
    await feed('sun', { deductible: 0, annualLimit: 2_000_000 });
    const id = await approved(on, input('sun', { quantity: 2, validUntil: '2027-02-01' }));
    expect(await sums(id)).toMatchObject({ reserved: 2_000_000 });
    expect(
      codes(
        await act((db, now) => extendApproval(db, on.ctx, SYSTEM, { approvalId: id, validUntil: '2027-01-31' }, now)),
      ),
    ).toEqual(['valid-until-earlier']);
    const before = await dispense(on, id, { on: '2026-11-19', boxes: [pack()] });
    expect(before).toMatchObject({ figures: { insurer: 1_280_000, year: { from: '2026-01-10' } } });
    await on.advanceTo('2027-01-12T10:00:00+08:00');
    const after = await dispense(on, id, { on: '2027-01-11', boxes: [pack()] });
    expect(after).toMatchObject({
      figures: { insurer: 1_280_000, year: { from: '2027-01-10', to: '2028-01-09' } },
      left: 0,
    });
    if ('refused' in after) throw new Error('refused');
    const sign = (day: string) =>
      act((db, now) => recordSigned(db, on.ctx, SYSTEM, { dispensingId: after.dispensingId, on: day }, now));
    expect(codes(await sign('2027-01-10'))).toEqual(['before-dispensing']);
    expect(await sign('2027-01-12')).toEqual({ ok: true });
    expect(codes(await sign('2027-01-12'))).toEqual(['already-signed']);
  });
});
