/** The desks of each role: plain conditions on the case's row, the same for the list and for its counts. */
import type { Plan } from '#domain/plan/schema.ts';

export type Desk = { code: string; label: { zh: string; en: string }; where: string };
/** $2 is the caller's role, $3 the account, $4 the moment, $6 what a case manager owes (`owedByManager`). */
const MINE: Desk = { code: 'mine', label: { zh: '待我处理', en: 'Waiting for me' }, where: 'c.turn = $2' };
/**
 * What a case manager does whoever's turn it is: the call after the request and the word on what was handed in run beside
 * the review, and the first of them has an hour [2.3.1.3, 2.5.2.2, 2.5.2.3].
 */
const OWED = ['contact-reached', 'completeness-told'];
const MINE_OR_OWED: Desk = {
  ...MINE,
  where: `(${MINE.where} or (coalesce(c.assignee, $3) = $3 and exists (select 1 from clocks k
    where k.insurer = c.insurer and k.case_id = c.id and k.met_at is null and k.void_at is null and c.service || '/' || k.promise = any($6))))`,
};
/** Promises that a case manager meets beside anybody's turn, as `service/promise`, of every edition. */
export const owedByManager = (plans: readonly Plan[]): string[] => [
  ...new Set(
    plans.flatMap(({ services }) =>
      Object.entries(services).flatMap(([service, { promises }]) =>
        promises.flatMap(({ code, meets }) =>
          meets.some(({ on }) => OWED.includes(on)) ? [`${service}/${code}`] : [],
        ),
      ),
    ),
  ),
];
const OTHERS: Desk[] = [
  { code: 'member', label: { zh: '等会员', en: 'Waiting for the member' }, where: `c.turn in ('member', 'applicant')` },
  { code: 'provider', label: { zh: '等服务商', en: 'Waiting for the provider' }, where: `c.turn = 'provider'` },
];
const LATE: Desk = {
  code: 'late',
  label: { zh: '已晚', en: 'Late' },
  // A promise that stood at its due moment is not marked as breached; what a target stands for, its case's pauses tell.
  where: `exists (select 1 from clocks k where k.insurer = c.insurer and k.case_id = c.id and k.met_at is null and k.void_at is null and k.due < $4
    and (k.breached_at is not null or (k.target and not exists (select 1 from pauses s where s.insurer = c.insurer and s.case_id = c.id and s.to_at is null))))`,
};
const ATTENTION: Desk = {
  code: 'attention',
  label: { zh: '需要留意', en: 'Needs attention' },
  where: `c.attention <> '{}'`,
};
const ALL: Desk = { code: 'all', label: { zh: '全部进行中', en: 'All running' }, where: 'true' };
const OWN: Desk = {
  code: 'own',
  label: { zh: '我跟进的', en: 'Assigned to me' },
  where: '(c.assignee = $3 or c.reviewer = $3)',
};
/** What an agent registered is followed by its number and state, the name masked; the case itself opens only within a check. */
const FILED: Desk = {
  code: 'filed',
  label: { zh: '我登记的', en: 'Registered by me' },
  where: 'c.applicant_account = $3',
};

export const DESKS: Readonly<Record<string, readonly Desk[]>> = {
  'service-desk': [FILED],
  reviewer: [MINE, OWN, { ...LATE, where: `c.turn = 'reviewer' and ${LATE.where}` }, ALL],
  'case-manager': [MINE_OR_OWED, OWN, ...OTHERS, LATE, ATTENTION, ALL],
  provider: [
    MINE,
    { code: 'booked', label: { zh: '已约好', en: 'Booked' }, where: `c.state in ('booked', 'offered')` },
    ALL,
  ],
  laboratory: [MINE, ALL],
  'video-doctor': [MINE, ALL],
  expert: [MINE, ALL],
  'drug-reviewer': [MINE, OWN, { ...LATE, where: `c.turn = 'drug-reviewer' and ${LATE.where}` }, ALL],
  'drug-consultant': [MINE, OTHERS[0]!, LATE, ALL],
  'aid-assistant': [MINE, OTHERS[0]!, LATE, ALL],
  'car-t-specialist': [MINE, OTHERS[0]!, LATE, ALL],
  pharmacist: [MINE, ALL],
  'hospital-staff': [{ code: 'booked', label: { zh: '已约好', en: 'Booked' }, where: `c.state = 'booked'` }, ALL],
  supervisor: [{ ...MINE, code: 'mine' }, LATE, ATTENTION, ALL],
  // Next to nothing waits for operations itself: what is late is what it is here for.
  operations: [LATE, MINE, ALL],
};
