/** Charity aid of a case, as member and staff ask for it. */
import { useQuery } from '@tanstack/react-query';
import { get } from './api.ts';
import { keys } from './keys.ts';
import { m } from './paraglide/messages.js';
import type { AidView, CaseView, Role } from './types.ts';
import { day } from './words.ts';

/** Who may read it; the server holds the same list. */
const READERS: readonly Role[] = [
  'member',
  'service-desk',
  'reviewer',
  'case-manager',
  'aid-assistant',
  'drug-reviewer',
  'supervisor',
  'operations',
];

/** The programme, what comes next and the boxes; nothing is asked for cases that have no step at a charity. */
export const useAid = (view: CaseView, role: Role | undefined) =>
  useQuery({
    queryKey: keys.aid(view.id),
    queryFn: ({ signal }) => get<AidView>(`/api/cases/${view.id}/aid`, undefined, signal),
    enabled: role !== undefined && READERS.includes(role) && view.steps.some(({ code }) => code === 'charity'),
  });

/** 8月9日至8月23日; 8月23日前; 8月9日起. */
export function whenOf({ on, until }: NonNullable<AidView['next']>): string {
  if (on && until && on !== until) return m.aid_between({ from: day(on, false), to: day(until) });
  if (until) return m.aid_until({ to: day(until) });
  return on ? m.aid_from({ from: day(on) }) : '';
}
/** 自购 2 盒后援助 2 盒，再自购 1 盒后援助 3 盒. */
export const phasesOf = ({ phases, rounds }: NonNullable<AidView['programme']>): string =>
  [
    ...phases.map(({ bought, free }) =>
      bought === 0
        ? m.aid_phase_free({ free: String(free) })
        : m.aid_phase({ bought: String(bought), free: String(free) }),
    ),
    ...(rounds === null ? [] : [m.aid_rounds({ rounds: String(rounds) })]),
  ].join(m.aid_phase_then());
/** 第 1 轮：已买 2 盒，还可领 1 盒. */
export function progressOf({ round, bought, toBuy, left }: AidView): string {
  const so = { round: String(round), bought: String(bought) };
  if (left !== null) return m.aid_progress_free({ ...so, left: String(left) });
  return toBuy === 0 ? m.aid_progress_ready(so) : m.aid_progress_buying({ ...so, more: String(toBuy) });
}
