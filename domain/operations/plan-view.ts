/** A plan read by clause: every value of every service in words, each with the clause it comes from. */
import type { Lang } from '../eligibility/words.ts';
import { isParty, type Party } from '../journeys/journey.ts';
import type { Plan, Service, Text } from '../plan/schema.ts';
import {
  applicantsInWords,
  channelsInWords,
  choiceInWords,
  citizensInWords,
  hospitalInWords,
  hoursInWords,
  joined,
  kindInWords,
  limitInWords,
  paperName,
  personsInWords,
  promiseInWords,
  providerName,
  rankInWords,
  requiredInWords,
  spendInWords,
  switchName,
  yesNo,
} from './plan-words.ts';
import { settlementRows } from './settlement-words.ts';

/** One value of a service. `printed` is the booklet's own number; both are null where the insurer sets the value itself. */
export type PlanRow = { label: string; value: string; clause: string | null; printed: string | null };
export type PlanClause = { id: string; printed: string; kind: string; text: string; enforcedBy: string[] };

type Add = (zh: string, en: string, value: string, clause?: string | undefined) => void;

/** Every clause with its own sentence; `enforcedBy` is empty where the clause only informs. */
export const planClauses = (plan: Plan, lang: Lang): PlanClause[] =>
  plan.clauses.map((clause) => ({
    id: clause.id,
    printed: clause.printed,
    kind: clause.kind,
    text: clause[lang],
    enforcedBy: clause.enforcedBy.filter((by) => by !== 'informs'),
  }));

/** What one service promises, asks and decides, row by row in the order in which a request meets it. */
export function serviceRows(plan: Plan, service: Service, lang: Lang): PlanRow[] {
  const rows: PlanRow[] = [];
  const add: Add = (zh, en, value, clause) => {
    const printed = plan.clauses.find(({ id }) => id === clause)?.printed ?? null;
    rows.push({ label: lang === 'zh' ? zh : en, value, clause: clause ?? null, printed });
  };
  add('内容', 'Gives', service.gives[lang], service.clause);
  addWho(add, service, lang);
  addIllness(add, service, lang);
  addUse(add, service, lang);
  for (const row of service.settlement ? settlementRows(service.settlement, plan.sampleLabel, lang) : [])
    add(row.zh, row.en, row.value, row.clause);
  addTimes(add, plan, service, lang);
  addPlaces(add, plan, service, lang);
  addCare(add, service, lang);
  addPapers(add, plan, service, lang);
  addSwitches(add, service, lang);
  return rows;
}

function addWho(add: Add, service: Service, lang: Lang): void {
  add('谁能用', 'For', personsInWords(service, lang), service.persons.clause);
  add('申请渠道', 'Asked through', channelsInWords(service, lang), service.channels.clause);
  add('谁能申请', 'Who may apply', applicantsInWords(service, lang), service.applicants.clause);
  add('国籍', 'Citizenship', citizensInWords(service.citizens.is, lang), service.citizens.clause);
  add(
    '犹豫期后才能用',
    'Only after the cooling-off period',
    yesNo(service.coolingOff.is, lang),
    service.coolingOff.clause,
  );
  add('等待期后才能用', 'Only after the waiting period', yesNo(service.waiting.is, lang), service.waiting.clause);
}

function addIllness(add: Add, { illness }: Service, lang: Lang): void {
  if (!illness) return;
  add('疾病', 'Illness', kindInWords(illness.kind.is, lang), illness.kind.clause);
  add('须为首次确诊', 'First diagnosis only', yesNo(illness.first.is, lang), illness.first.clause);
  add(
    '不含既往症',
    'Excludes pre-existing illness',
    yesNo(illness.excludesPreExisting.is, lang),
    illness.excludesPreExisting.clause,
  );
  add('就诊医院', 'Treating hospital', hospitalInWords(illness.hospital.is, lang), illness.hospital.clause);
}

function addUse(add: Add, { use, ownYear }: Service, lang: Lang): void {
  add('次数', 'Limit', limitInWords(use, lang), use.limit.clause);
  for (const spend of use.spend) add('计为使用', 'Counts as used', spendInWords(spend.cause, lang), spend.clause);
  if (ownYear)
    add(
      '开通后有效',
      'Holds once opened',
      lang === 'zh' ? `${ownYear.years} 年` : `${ownYear.years} year`,
      ownYear.clause,
    );
}

function addTimes(add: Add, plan: Plan, service: Service, lang: Lang): void {
  if (service.hours) add('服务时间', 'Service hours', hoursInWords(service.hours, lang), service.hours.clause);
  add('工作日', 'Working day', `${plan.workingDay.opens}-${plan.workingDay.closes}`, plan.workingDay.clause);
  for (const promise of service.promises)
    add(`承诺：${promise.label.zh}`, `Promise: ${promise.label.en}`, promiseInWords(promise, lang), promise.clause);
  for (const target of service.targets)
    add(
      `内部目标：${target.label.zh}`,
      `Target: ${target.label.en}`,
      promiseInWords({ ...target, clause: target.clause ?? '' }, lang),
      target.clause,
    );
  const { pursuit } = service;
  if (!pursuit) return;
  const days = joined(pursuit.remindAfter.map(String), lang);
  add(
    '联系不上时',
    'When nobody answers',
    lang === 'zh'
      ? `第 ${days} 个工作日提醒，分 ${pursuit.onDays} 天打 ${pursuit.calls} 次电话，第 ${pursuit.closeAfter} 个工作日办结`
      : `reminders after ${days} working days, ${pursuit.calls} calls on ${pursuit.onDays} days, closed after ${pursuit.closeAfter}`,
    pursuit.clause,
  );
}

function addPlaces(add: Add, plan: Plan, { hospitals, expert, provider }: Service, lang: Lang): void {
  if (hospitals) add('医院清单', 'Hospitals from the list', hospitals.list, hospitals.clause);
  if (expert) add('医生职称', 'Rank of the doctor', rankInWords(expert.minRank, lang), expert.clause);
  if (!provider) return;
  const named = provider.hospitalMayName
    ? lang === 'zh'
      ? '（医院清单可另行指定）'
      : ' (the hospital may name another)'
    : '';
  add('服务商', 'Provider', `${providerName(plan, provider.default, lang)}${named}`, provider.clause);
}

function addCare(add: Add, { panel, course }: Service, lang: Lang): void {
  if (panel)
    add(
      '专家会审',
      'Panel of experts',
      lang === 'zh'
        ? `至少 ${panel.experts} 位，${panel.decides === 'majority' ? '多数决定' : '一致同意'}`
        : `at least ${panel.experts}, ${panel.decides === 'majority' ? 'a majority decides' : 'all must agree'}`,
      panel.clause,
    );
  if (!course) return;
  for (const call of course.calls) add('回访', 'Follow-up call', call.name[lang], course.clause);
  for (const one of course.questionnaires)
    add('问卷', 'Questionnaire', `${one.name[lang]} × ${one.on.length}`, course.clause);
  add(
    '不良反应告知专员',
    'The specialist is told of a reaction',
    lang === 'zh' ? `${course.alarm} 级起` : `from grade ${course.alarm}`,
    course.clause,
  );
}

function addPapers(add: Add, plan: Plan, service: Service, lang: Lang): void {
  for (const paper of service.papers)
    add(
      `材料：${paperName(plan, paper.kind, 'zh')}`,
      `Paper: ${paperName(plan, paper.kind, 'en')}`,
      requiredInWords(paper.required, lang),
      paper.clause,
    );
  for (const consent of service.consents) {
    const text = plan.consentTexts.find(({ id }) => id === consent.text);
    const to = isParty(consent.to) ? WHO_SERVES[consent.to][lang] : providerName(plan, consent.to, lang);
    add(
      '同意',
      'Consent',
      lang === 'zh' ? `提供给${to}：${consent.purpose}` : `to ${to}: ${consent.purpose}`,
      text?.clause,
    );
  }
  for (const id of service.notices) {
    const notice = plan.notices.find((one) => one.id === id);
    if (notice) add('须阅读', 'Notice', notice.text[lang], notice.clause);
  }
}

const WHO_SERVES: Readonly<Record<Party, Text>> = {
  provider: { zh: '服务商', en: 'the provider' },
  laboratory: { zh: '检测机构', en: 'the laboratory' },
  expert: { zh: '专家', en: 'the expert' },
  pharmacy: { zh: '药店', en: 'the pharmacy' },
};

function addSwitches(add: Add, { switches }: Service, lang: Lang): void {
  if (!switches) return;
  const { absenceGrace, ...choices } = switches;
  for (const [code, { is, clause }] of Object.entries(choices))
    add(switchName(code, 'zh'), switchName(code, 'en'), choiceInWords(is, lang), clause);
  if (absenceGrace)
    add(
      '未到诊计次前',
      'Before an absence counts',
      lang === 'zh'
        ? `等 ${absenceGrace.minutes} 分钟，联系 ${absenceGrace.calls} 次`
        : `${absenceGrace.minutes} minutes' grace and ${absenceGrace.calls} contact attempts`,
      absenceGrace.clause,
    );
}
