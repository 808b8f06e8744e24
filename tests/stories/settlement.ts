/** Steps of direct settlement that stories share: a case, an approval of a purchase and packs of its drug. */
import { inTransaction } from '#server/platform/db.ts';
import type { ApprovalInput, DispensingInput } from '#server/settlement/api.ts';
import { agreePharmacy, recordDispensing, reserveApproval } from '#server/settlement/api.ts';
import type { TestApp } from '#tests/with-app.ts';
import { actorOf } from './interleave.ts';
import { ask, type Ids, listRow } from './outpatient.ts';

export const PHARMACY = 'pharmacy-of-test';

/** A case of the member to settle under, and a drug of the list. */
export async function groundOf(on: TestApp, key: string, ids: Ids): Promise<{ caseId: string; drug: string }> {
  const { player, id } = await ask(on, key, ids);
  return { caseId: id, drug: (await listRow(player, '/lists/drugs')).id };
}

/** The input of an approval; change what the story needs. */
export const approvalOf = (
  ids: Ids,
  ground: { caseId: string; drug: string },
  change: Partial<ApprovalInput> = {},
): ApprovalInput => ({
  ...ids,
  ...ground,
  plan: 'zhenai21',
  edition: '2024-05-23',
  service: 'special-drug',
  round: 1,
  listVersion: 1,
  provider: 'huiyi',
  quantity: 2,
  agreedPrice: 1_280_000,
  socialInsurance: 'used',
  validUntil: '2026-12-18',
  ...change,
});

let code = 0;
/** A pack nobody has seen before. */
export const pack = (price = 1_280_000, change: Partial<DispensingInput['boxes'][number]> = {}) => {
  code += 1;
  return {
    traceCode: `8100000${String(code).padStart(13, '0')}`,
    batch: 'B1',
    expiresOn: '2028-01-31',
    price,
    ...change,
  };
};

/** Reserves and agrees the pharmacy. @throws Error when it is refused */
export async function approved(on: TestApp, input: ApprovalInput): Promise<string> {
  const actor = await actorOf(on, 'drug-consultant');
  return inTransaction(on.ctx.pool, async (db) => {
    const now = await on.ctx.clock.now(db);
    const made = await reserveApproval(db, on.ctx, actor, input, now);
    if ('refused' in made) throw new Error(JSON.stringify(made.refused));
    await agreePharmacy(db, on.ctx, actor, { approvalId: made.approvalId, pharmacy: PHARMACY }, now);
    return made.approvalId;
  });
}

/** Dispenses as the pharmacist would; the answer as it is, refused or not. */
export async function dispense(on: TestApp, approvalId: string, change: Partial<DispensingInput> = {}) {
  const actor = await actorOf(on, 'pharmacist');
  return inTransaction(on.ctx.pool, async (db) =>
    recordDispensing(
      db,
      on.ctx,
      actor,
      {
        approvalId,
        pharmacy: PHARMACY,
        on: '2026-11-18',
        boxes: [pack()],
        coldChainFee: 0,
        paidElsewhere: 0,
        socialInsurance: 'used',
        ...change,
      },
      await on.ctx.clock.now(db),
    ),
  );
}
