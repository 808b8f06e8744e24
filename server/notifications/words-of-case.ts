/** Why, what next, which papers, under which clause, how many are left: from the case, its event and its decision. */

import { dayOf } from '#domain/calendar/day.ts';
import { dueTime } from '#domain/calendar/due.ts';
import type { Reason } from '#domain/eligibility/reasons.ts';
import { reasonMessage } from '#domain/eligibility/wire.ts';
import { type CaseRole, stateMeta } from '#domain/journeys/journey.ts';
import { findJourney } from '#domain/journeys/registry.ts';
import type { Word } from '#domain/messages/render.ts';
import type { Text } from '#domain/plan/schema.ts';
import { listPolicyStates } from '#server/cases/question.ts';
import { remainingUses } from '#server/cases/remaining-uses.ts';
import { openWith } from '#server/persons/seal.ts';
import { queryOne, sql } from '#server/platform/db.ts';
import { findPayloadWith, type Known } from './known.ts';
import { AFTER_ANSWER, findSaid } from './words-of-complaint.ts';

const decisionById = sql<{ id: string; sealed: Buffer }>(
  'messages.decision',
  'select id, sealed from decisions where insurer = $1 and id = $2 and person_id = $3',
);
const lastUse = sql<{ clause: string | null }>(
  'messages.lastUse',
  'select clause from uses where insurer = $1 and case_id = $2 and clause is not null and move = $3 order by seq desc limit 1',
);

async function listReasons(known: Known): Promise<Reason[]> {
  const { db, ctx, of, params } = known;
  const id = params.decision ?? of?.memory.decisionId;
  const row = of && id ? await queryOne(db, decisionById, [ctx.insurer, id, of.row.personId]) : undefined;
  return row && of
    ? [...openWith<{ decision: { reasons: Reason[] } }>(of.key, ctx, 'decisions', row.id, row.sealed).decision.reasons]
    : [];
}

const joined = (texts: readonly Text[]): Text | undefined =>
  texts.length === 0
    ? undefined
    : {
        zh: [...new Set(texts.map(({ zh }) => zh.replace(/[。；]$/, '')))].join('；'),
        en: [...new Set(texts.map(({ en }) => en.replace(/[.;]$/, '')))].join('; '),
      };

const ON_THE_PAGE: Text = { zh: '见申请页面', en: 'see the page of your request' };

/** Fields of an event in which somebody says why, in words for the member. Notes are internal and never told. */
const WHY_FIELDS = ['text', 'reason', 'why'];

/**
 * What somebody said when acting; for papers what was written at the asking or what the plan says they are for; else
 * what the decision's rules say.
 */
export async function findReason(known: Known): Promise<Word | undefined> {
  const { of, message } = known;
  if (known.params.said) return await findSaid(known, known.params.said);
  if (!of) return undefined;
  const { words } = of.memory;
  if (message.template === 'refused' && words.refused) return words.refused;
  if (message.template === 'papers-asked') return words.asked ?? joined(await listWhyOfPapers(known));
  const said = WHY_FIELDS.map((field) => of.event?.payload[field]).find(
    (value) => typeof value === 'string' && value !== '',
  );
  if (typeof said === 'string') return said;
  const reasons = await listReasons(known);
  return (
    joined(reasons.map((reason) => ({ zh: reasonMessage(reason, 'zh'), en: reasonMessage(reason, 'en') }))) ??
    ON_THE_PAGE
  );
}

async function listKinds(known: Known): Promise<readonly string[]> {
  const { of, params } = known;
  if (params.papers) return params.papers.split(',');
  const asked = of?.event?.payload.kinds;
  if (Array.isArray(asked)) return asked as string[];
  const pending = of?.memory.chart.pendingList as { kinds: string[] } | null | undefined;
  if (pending) return pending.kinds;
  const missing =
    of?.event?.payload.missingPapers ??
    (await findPayloadWith(known, '#missing'))?.['#missing'] ??
    // Nothing has happened since the request, which says it in its own field.
    (await findPayloadWith(known, 'missingPapers'))?.missingPapers;
  if (Array.isArray(missing) && missing.length > 0) return missing as string[];
  return (
    of?.service.papers
      .filter(({ required, from }) => required === 'always' && from === undefined)
      .map(({ kind }) => kind) ?? []
  );
}

async function listWhyOfPapers(known: Known): Promise<Text[]> {
  const kinds = await listKinds(known);
  return known.of?.service.papers.filter(({ kind }) => kinds.includes(kind)).map(({ why }) => why) ?? [];
}

export const nameOfPaper = ({ of }: Known, kind: string | undefined): Text | undefined =>
  of?.plan.paperKinds.find((one) => one.kind === kind)?.name;

export async function findPapers(known: Known): Promise<Text | undefined> {
  const names = (await listKinds(known)).flatMap((kind) => nameOfPaper(known, kind) ?? []);
  return names.length === 0
    ? undefined
    : { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') };
}

const WHO: Readonly<Record<CaseRole | 'nobody', Text>> = {
  member: { zh: '请您', en: 'your turn: ' },
  applicant: { zh: '请申请人', en: 'the applicant ' },
  'service-desk': { zh: '客服', en: 'the service desk ' },
  reviewer: { zh: '审核人员', en: 'the reviewer ' },
  'case-manager': { zh: '病案经理', en: 'the case manager ' },
  provider: { zh: '服务商', en: 'the provider ' },
  laboratory: { zh: '检测机构', en: 'the laboratory ' },
  expert: { zh: '专家', en: 'the expert ' },
  'video-doctor': { zh: '视频医生', en: 'the video doctor ' },
  'drug-reviewer': { zh: '处方审核人员', en: 'the drug reviewer ' },
  'drug-consultant': { zh: '特药咨询医师', en: 'the drug consultant ' },
  'aid-assistant': { zh: '医生助理', en: "the doctor's assistant " },
  'car-t-specialist': { zh: 'CAR-T 专员', en: 'the CAR-T specialist ' },
  pharmacist: { zh: '药店', en: 'the pharmacy ' },
  'hospital-staff': { zh: '医院', en: 'the hospital ' },
  'complaint-handler': { zh: '投诉处理人员', en: 'the complaint handler ' },
  supervisor: { zh: '主管', en: 'the supervisor ' },
  operations: { zh: '运营人员', en: 'operations ' },
  system: { zh: '系统', en: 'the system ' },
  nobody: { zh: '', en: '' },
};
const AFTER_THE_END: Text = {
  zh: '条件符合时再次申请，或致电客服',
  en: 'ask again when the conditions are met, or call us',
};

/** What was said to come instead; what the answer to a complaint opens; else whose turn it is in the state that the event led to, and what they do. */
export function findNext({ of, params }: Known): Word | undefined {
  if (params.verdict) return AFTER_ANSWER[params.verdict];
  const instead = of?.event?.payload.instead;
  if (typeof instead === 'string' && instead !== '') return instead;
  const journey = of && findJourney(of.row.kind, of.row.chartVersion);
  if (!journey) return undefined;
  const { turn, does } = stateMeta(journey, of.event?.stateAfter ?? of.row.state);
  if (turn === 'nobody') return AFTER_THE_END;
  // The path has just been written: what is left of that turn is the hand-over.
  if (of.event?.type === 'writeCarePath')
    return { zh: `${WHO[turn].zh}交给服务商约号`, en: `${WHO[turn].en}hands over to the provider` };
  return { zh: `${WHO[turn].zh}${does.zh}`, en: `${WHO[turn].en}${does.en}` };
}

/** Messages that name the clause which the plan says a rule or a step stands for. */
const SAYS_ITS_CLAUSE: Readonly<Record<string, string>> = {
  'aid-given-up': 'rule:aid-given-up',
  'aid-approved': 'rule:aid-given-up',
  'aid-refused': 'step:charity-refused',
};

/** The clause as the booklet prints it: named, of the refusal, of the use just spent, or of what cancelling would cost. */
export async function findPrinted(known: Known): Promise<string | undefined> {
  const { db, ctx, of, params } = known;
  if (!of) return undefined;
  const find = async (): Promise<string | null | undefined> => {
    if (params.clause) return params.clause;
    const { template } = known.message;
    if (template?.startsWith('policy-')) return of.service.follows.clause;
    if (template === 'refused') {
      const reasons = await listReasons(known);
      return (
        (reasons.find(({ rule }) => rule === of.memory.words.refusedRule) ?? reasons[0])?.clause ?? of.service.clause
      );
    }
    const step = SAYS_ITS_CLAUSE[template ?? ''];
    if (step) return of.plan.clauses.find(({ enforcedBy }) => enforcedBy.includes(step))?.id;
    const spent = await queryOne(db, lastUse, [ctx.insurer, of.row.id, 'spend']);
    return spent?.clause ?? of.service.use.spend.find(({ cause }) => cause === 'used-by-cancel')?.clause;
  };
  const clause = await find();
  return of.plan.clauses.find(({ id }) => id === clause)?.printed;
}

/** Uses left of the limit this case counts against, at the moment the message was caused. */
export async function findRemaining(known: Known): Promise<Word | undefined> {
  const { db, ctx, of, params, message } = known;
  if (params.remaining !== undefined) return params.remaining;
  const limit = of?.service.use.limit.is;
  if (!of) return undefined;
  if (limit === null || limit === undefined) return { zh: '不限', en: 'unlimited' };
  return String(await remainingUses(db, ctx, of.service.use, of.row, dayOf(message.createdAt)));
}

/** Of a message about the policy: since when it has been suspended or ended, as of what caused the message. */
export async function findPolicyTurn({ db, ctx, of, message }: Known): Promise<Date | undefined> {
  if (!of || !message.template?.startsWith('policy-')) return undefined;
  const states = await listPolicyStates(db, ctx, of.row.policyId);
  return (
    states.findLast(({ state, from }) => state !== 'in-force' && from <= message.createdAt)?.from ?? message.createdAt
  );
}

/** When a request closes that nobody pursues: the plan's working days from the asking. */
export async function findClosesOn({ ctx, of }: Known): Promise<Word | undefined> {
  const asked = of?.memory.chart.askedAt;
  const amount = of?.service.pursuit?.closeAfter;
  if (!of || typeof asked !== 'string' || amount === undefined) return undefined;
  const { opens, closes } = of.plan.workingDay;
  const { due } = dueTime({
    term: { unit: 'working-days', amount },
    from: new Date(asked),
    dayOpens: opens,
    dayCloses: closes,
    calendar: ctx.calendar(),
  });
  return { day: dayOf(due) };
}
