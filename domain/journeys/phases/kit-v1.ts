/** Words, checks and small tools that every chart and its events are written with. Shared, v1: released, never edited. */
import { RANKS, type Text } from '../../plan/schema.ts';
import { momentField, referenceField, textField } from '../fields.ts';
import type { ChartEvent, EventDef, Facts, Problem, StateMeta } from '../journey.ts';
import type { Offer, PhaseContext } from './context-v1.ts';

export const t = (zh: string, en: string): Text => ({ zh, en });
export const state = (one: StateMeta): StateMeta => one;
/** An event of a kind that remembers more than the phases do. */
export const defOf =
  <C extends PhaseContext>() =>
  (one: EventDef<C>): EventDef =>
    one as unknown as EventDef;
export const def = defOf<PhaseContext>();

/** An empty field: the event as a whole. */
export const problem = (field: string, zh: string, en: string): Problem => ({
  pointer: field && `/${field}`,
  message: { zh, en },
});
export const future = (field: string, value: string, facts: Facts): Problem[] =>
  new Date(value).getTime() > facts.now.getTime() ? [] : [problem(field, '时间要晚于现在', 'must be later than now')];
export const HOUR_MS = 3_600_000;
/** The Shanghai day of a moment, as milliseconds of its midnight; +08:00 all year since 1991. */
export const dayStart = (moment: number) => Math.floor((moment + 8 * HOUR_MS) / 86_400_000) * 86_400_000 - 8 * HOUR_MS;

export const reason = textField({
  title: t('理由', 'Reason'),
  help: t('会告诉会员', 'told to the member'),
  group: 'request',
  max: 500,
  multiline: true,
});
export const MEMBER_SIDE = ['member', 'applicant', 'service-desk'] as const;
export const STAFF = ['service-desk', 'reviewer', 'case-manager', 'supervisor'] as const;

export const text = (event: ChartEvent, field: string): string => String(event.payload[field] ?? '');
export const row = (event: ChartEvent, ref: string, field: string): string =>
  String(event.facts.refs[ref]?.[field] ?? '');

/** A milestone the chart passes. */
export const passes = (name: string) => ({ type: 'milestone', params: { name } }) as const;
/** A slot offered, with the moment it speaks of. */
export const slotOffered = {
  type: 'milestone',
  params: ({ event }: { event: ChartEvent }) => ({ name: 'slot-offered', at: text(event, 'visitAt') }),
} as const;

/** The events of a chart in the order in which screens list them. */
export function inOrder(
  names: readonly string[],
  events: Readonly<Record<string, EventDef>>,
): Readonly<Record<string, EventDef>> {
  return Object.fromEntries(
    names.map((name) => {
      const found = events[name];
      if (!found) throw new Error(`The chart lists an event "${name}" that nobody defines`);
      return [name, found];
    }),
  );
}

/** How a case of any kind may end, whatever it is for. */
export const everyEnd: Record<string, [Text, string]> = {
  'closed-refused': [t('审核未通过', 'Refused'), 'refused'],
  'closed-withdrawn': [t('已撤回', 'Withdrawn'), 'withdrawn'],
  'closed-not-pursued': [t('未能继续，已结束', 'Not pursued'), 'not-pursued'],
  'closed-consent-withdrawn': [t('授权撤回，已结束', 'Closed: consent withdrawn'), 'consent-withdrawn'],
  'closed-policy-ended': [t('合同效力终止，已结束', 'Closed: the policy ended'), 'policy-ended'],
  'closed-died': [t('已结束', 'Closed'), 'died'],
  'closed-impostor': [t('已停止：查明不是本人使用', 'Stopped: not used by the person entitled'), 'refused'],
};

/** The closed states: their words and what became of the request. */
export function finals(labels: Record<string, [Text, string]>, step: string) {
  return Object.fromEntries(
    Object.entries(labels).map(([name, [label, outcome]]) => [
      name,
      {
        type: 'final' as const,
        meta: state({
          label,
          turn: 'nobody',
          does: t('已结束', 'closed'),
          until: { none: t('已结束', 'closed') },
          step,
          outcome,
        }),
      },
    ]),
  );
}

/** A slot that a provider holds, with the escort; `words`: what the moment is called in this kind. */
export const offerShape = (words: { at: Text }) => ({
  hospital: referenceField({ title: t('医院', 'Hospital'), group: 'booking', ref: 'list:hospitals' }),
  department: textField({ title: t('科室', 'Department'), group: 'booking', max: 40 }),
  expert: referenceField({ title: t('专家', 'Expert'), group: 'booking', ref: 'list:experts' }),
  visitAt: momentField({ title: words.at, group: 'booking' }),
  answerBy: momentField({
    title: t('号源保留到', 'Slot held until'),
    group: 'booking',
    help: t('会员要在此前答复', 'the member answers by then'),
  }),
  escortName: textField({ title: t('陪诊员姓名', 'Name of the escort'), group: 'booking', max: 40 }).optional(),
  escortPhone: textField({ title: t('陪诊员电话', 'Telephone of the escort'), group: 'booking', max: 20 }).optional(),
  meetingPlace: textField({ title: t('见面地点', 'Meeting place'), group: 'booking', max: 100 }).optional(),
  escortHours: textField({ title: t('陪诊时段', 'Hours of the escort'), group: 'booking', max: 60 }).optional(),
});
const ESCORT = ['escortName', 'escortPhone', 'meetingPlace', 'escortHours'] as const;
/** At least seven digits; signs that people write between them are welcome. */
export const isPhone = (text: string) => /^[\d\s()+-]+$/.test(text) && text.replace(/\D/g, '').length >= 7;
export const escortOf = (context: PhaseContext): readonly (typeof ESCORT)[number][] =>
  context.rules.escort ? ESCORT : [];
type OfferPayload = {
  visitAt: string;
  answerBy: string;
  escortName?: string;
  escortPhone?: string;
  meetingPlace?: string;
  escortHours?: string;
};

/** Grade and class by the plan [2.3.1.2]; a case begun before the plan could ask has no such rule. */
export const meetsDemand = (
  hospital: Readonly<Record<string, unknown>>,
  demand: PhaseContext['rules']['hospital'] | undefined,
): boolean =>
  (demand?.minGrade == null || Number(hospital.grade) >= demand.minGrade) &&
  (demand?.class == null || hospital.class === demand.class);

/** The expert's rank by the plan [2.2.1.3], at the hospital offered, at a time to come, with the escort [2.2.0]. */
export function checkOffer(offer: OfferPayload, context: PhaseContext, facts: Facts): Problem[] {
  const problems = [...future('visitAt', offer.visitAt, facts), ...future('answerBy', offer.answerBy, facts)];
  if (new Date(offer.answerBy) >= new Date(offer.visitAt))
    problems.push(problem('answerBy', '保留期限要早于就诊时间', 'must be before the visit'));
  const { hospital, expert } = facts.refs;
  if (!hospital)
    problems.push(problem('hospital', '这家医院今天不在清单上，请另选', 'not on the list as of today; choose another'));
  else if (!meetsDemand(hospital, context.rules.hospital))
    problems.push(
      problem('hospital', '这家医院的等级不合要求，请另选', 'its grade is not what the plan asks for; choose another'),
    );
  if (!expert)
    problems.push(problem('expert', '这位专家今天不在清单上，请另选', 'not on the list as of today; choose another'));
  else {
    if (hospital && expert.hospital !== hospital.name)
      problems.push(problem('expert', '这位专家不在所选医院', 'the expert does not work at the chosen hospital'));
    const minRank = context.rules.minRank;
    if (
      minRank &&
      RANKS.indexOf(expert.rank as (typeof RANKS)[number]) < RANKS.indexOf(minRank as (typeof RANKS)[number])
    )
      problems.push(problem('expert', '职称要在副主任医师及以上', 'must be an associate chief physician or above'));
    const { departments } = context.rules;
    if (departments && !departments.includes(String(expert.department)))
      problems.push(
        problem(
          'expert',
          `只能约${departments.join('、')}的专家`,
          `must be an expert of the department the service names (${departments.join(', ')})`,
        ),
      );
  }
  // She calls this number on the morning of the visit.
  if (offer.escortPhone && !isPhone(offer.escortPhone))
    problems.push(problem('escortPhone', '请填写能拨通的电话号码', 'a telephone number that can be called'));
  for (const field of escortOf(context))
    if (!offer[field]) problems.push(problem(field, '含陪诊，请填写', 'the service includes an escort: needed'));
  return problems;
}

export const offerOf = (event: ChartEvent): Offer => ({
  hospitalId: text(event, 'hospital'),
  hospital: row(event, 'hospital', 'name'),
  department: text(event, 'department'),
  expert: row(event, 'expert', 'name'),
  rank: row(event, 'expert', 'rank'),
  visitAt: text(event, 'visitAt'),
  answerBy: text(event, 'answerBy'),
  escort: event.payload.escortName
    ? {
        name: text(event, 'escortName'),
        phone: text(event, 'escortPhone'),
        meetingPlace: text(event, 'meetingPlace'),
        hours: text(event, 'escortHours'),
      }
    : null,
});
