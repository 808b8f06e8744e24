/** Where a person stands in an aid programme on a day: what the review of a drug's claim asks [2.6.5.1.3, 2.6.5.1.4]. */

import { drugOfKey } from '#domain/aid/programme.ts';
import { type DayPhase, phaseOn } from '#domain/aid/standing.ts';
import type { Day } from '#domain/calendar/day.ts';
import type { Text } from '#domain/plan/schema.ts';
import { findCase } from '#server/cases/queries.ts';
import { planOf } from '#server/cases/question.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { listLedgers } from './ledger.ts';

export type AidStanding = {
  /** `free`: a box for that day should have come from the charity, and a claim for it is refused. */
  phase: DayPhase['phase'];
  programme: { code: string; name: string; charity: string } | null;
  /** The clause of the plan that says so; null where nothing follows. */
  clause: { id: string; printed: string } | null;
  why: Text;
};

const WHY: Readonly<Record<DayPhase['why'] | 'no-aid', Text>> = {
  'no-aid': { zh: '没有这种药的援助记录', en: 'no aid for this drug is on record' },
  refused: {
    zh: '慈善机构没有通过，按合同重新审核处方',
    en: 'refused by the charity: the prescription is reviewed anew',
  },
  ended: { zh: '援助已经结束', en: 'the aid has ended' },
  'to-buy': { zh: '这一轮还在自购阶段', en: 'the boxes of this round are still to be bought' },
  'to-collect': { zh: '援助已通过，这一盒应当免费领取', en: 'approved: this box should have been collected free' },
  'given-up': {
    zh: '当次赠药没有领取，视为放弃，费用由本人承担',
    en: 'this turn was given up; its box is her own cost',
  },
  excused: { zh: '未领有正当原因，可以购药', en: 'not collected with cause: it may be bought' },
  over: { zh: '援助各轮已经领完', en: 'all rounds of the aid are over' },
};
/** Which rule or step of the plan stands behind it; its clause comes from there. */
const STANDS_FOR: Readonly<Partial<Record<DayPhase['why'], string>>> = {
  'to-collect': 'rule:aid-given-up',
  'given-up': 'rule:aid-given-up',
  refused: 'step:charity-refused',
};

/**
 * @param drugKey the key of the drug's row on the list; packs of another size are the same drug
 * @param on the day of the purchase
 */
export async function aidStandingOf(
  db: Db,
  ctx: Ctx,
  { personId, drugKey, on }: { personId: string; drugKey: string; on: Day },
): Promise<AidStanding> {
  const drug = drugOfKey(drugKey);
  const ledger = (await listLedgers(db, ctx, personId)).findLast(({ programme }) => programme.drug === drug);
  if (!ledger) return { phase: 'none', programme: null, clause: null, why: WHY['no-aid'] };
  const { code, name, charity } = ledger.programme;
  const { phase, why } = phaseOn(ledger.programme, ledger.moves, on);
  const enforcer = STANDS_FOR[why];
  const clause = enforcer ? await clauseOf(db, ctx, ledger.caseId, enforcer) : null;
  return { phase, programme: { code, name, charity }, clause, why: WHY[why] };
}

async function clauseOf(db: Db, ctx: Ctx, caseId: string, enforcer: string): Promise<AidStanding['clause']> {
  const row = await findCase(db, ctx, caseId);
  if (!row) return null;
  const { plan } = planOf(ctx, row.plan, row.edition, row.service);
  const clause = plan.clauses.find(({ enforcedBy }) => enforcedBy.includes(enforcer));
  return clause ? { id: clause.id, printed: clause.printed } : null;
}
