/** Values of a plan in words that somebody who knows the booklet reads. */
import { CHANNEL_WORDS, KIND_WORDS, type Lang, RELATION_WORDS, ROLE_WORDS } from '../eligibility/words.ts';
import type { Plan, PromiseRule, Service, SpendCause } from '../plan/schema.ts';

type Words = Readonly<Record<string, readonly [zh: string, en: string]>>;
const pick = (words: Words, code: string, lang: Lang): string => words[code]?.[lang === 'zh' ? 0 : 1] ?? code;

/** 甲、乙; a, b. */
export const joined = (words: readonly string[], lang: Lang): string => words.join(lang === 'zh' ? '、' : ', ');
export const yesNo = (value: boolean, lang: Lang): string =>
  lang === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no';
export const personsInWords = (service: Service, lang: Lang): string =>
  joined(
    service.persons.is.map((one) => ROLE_WORDS[lang][one]),
    lang,
  );
export const applicantsInWords = (service: Service, lang: Lang): string =>
  joined(
    service.applicants.is.map((one) => RELATION_WORDS[lang][one]),
    lang,
  );
export const channelsInWords = (service: Service, lang: Lang): string =>
  joined(
    service.channels.is.map((one) => CHANNEL_WORDS[lang][one]),
    lang,
  );
export const kindInWords = (kind: keyof (typeof KIND_WORDS)['zh'], lang: Lang): string => KIND_WORDS[lang][kind];

const UNIT: Words = {
  seconds: ['秒（全天候）', 'seconds, around the clock'],
  'service-minutes': ['分钟（服务时间内）', 'minutes of service hours'],
  'working-days': ['个工作日', 'working days'],
  'calendar-days': ['天', 'calendar days'],
};

/** 2 个工作日; 1 小时（服务时间内）; whole minutes and hours are written as such. */
export function termInWords({ unit, amount }: PromiseRule['term'], lang: Lang): string {
  const hours = amount / 60;
  if (unit === 'service-minutes' && Number.isInteger(hours))
    return lang === 'zh' ? `${hours} 小时（服务时间内）` : `${hours} service hours`;
  if (unit === 'seconds' && amount % 60 === 0)
    return lang === 'zh' ? `${amount / 60} 分钟（全天候）` : `${amount / 60} minutes, around the clock`;
  return `${amount} ${pick(UNIT, unit, lang)}`;
}

/** The term, what starts and meets it (milestones by their code), and for what it stands. */
export function promiseInWords(rule: PromiseRule, lang: Lang): string {
  const starts = joined(
    rule.starts.map(({ on }) => on),
    lang,
  );
  const meets = joined(
    rule.meets.map(({ on }) => on),
    lang,
  );
  const stands = [
    ...(rule.stands.forPapers ? [lang === 'zh' ? '缺材料' : 'missing papers'] : []),
    ...(rule.stands.forSuspension ? [lang === 'zh' ? '合同中止' : 'a suspended policy'] : []),
  ];
  const term = termInWords(rule.term, lang);
  const range = rule.shownFrom
    ? lang === 'zh'
      ? `（显示为 ${rule.shownFrom}-${rule.term.amount}）`
      : ` (shown as ${rule.shownFrom}-${rule.term.amount})`
    : '';
  return lang === 'zh'
    ? `${term}${range}；起点：${starts}；完成：${meets}；${stands.length > 0 ? `${joined(stands, lang)}时停表` : '从不停表'}`
    : `${term}${range}; from: ${starts}; met: ${meets}; ${stands.length > 0 ? `stands for ${joined(stands, lang)}` : 'never stands'}`;
}

const PER: Words = {
  policy: ['每份合同', 'a policy'],
  'policy-year': ['每个保单年度', 'a policy year'],
  lifetime: ['终身', 'a lifetime'],
};
export function limitInWords({ limit, per }: Service['use'], lang: Lang): string {
  if (limit.is === null) return lang === 'zh' ? '不限次' : 'without limit';
  return lang === 'zh' ? `${pick(PER, per, lang)} ${limit.is} 次` : `${limit.is} ${pick(PER, per, lang)}`;
}

const SPEND: Readonly<Record<SpendCause, readonly [string, string]>> = {
  delivered: ['服务完成', 'delivered'],
  'used-by-cancel': ['预约后取消', 'cancelled after the booking'],
  'used-by-change': ['预约后变更', 'changed after the booking'],
  'used-by-absence': ['没有就诊', 'absence'],
};
export const spendInWords = (cause: SpendCause, lang: Lang): string => pick(SPEND, cause, lang);

const DAYS: Words = {
  'every-day': ['每天（放假日除外）', 'every day no notice marks off'],
  'working-days': ['工作日', 'working days'],
};
export const hoursInWords = ({ days, opens, closes }: NonNullable<Service['hours']>, lang: Lang): string =>
  `${pick(DAYS, days, lang)} ${opens}-${closes}`;

const REQUIRED: Words = {
  always: ['必需', 'required'],
  guardian: ['监护人申请时必需', 'when a guardian applies'],
  agent: ['受托人申请时必需', 'when an agent applies'],
  no: ['可以提供', 'optional'],
  'after-visit': ['就诊后', 'after the visit'],
};
export const requiredInWords = (required: string, lang: Lang): string => pick(REQUIRED, required, lang);

const CITIZENS: Words = { any: ['不限', 'anyone'], mainland: ['中国大陆公民', 'mainland citizens only'] };
export const citizensInWords = (citizens: string, lang: Lang): string => pick(CITIZENS, citizens, lang);

const RANK: Words = {
  resident: ['住院医师', 'resident'],
  attending: ['主治医师', 'attending'],
  'associate-chief': ['副主任医师', 'associate chief'],
  chief: ['主任医师', 'chief'],
};
export const rankInWords = (rank: string, lang: Lang): string =>
  lang === 'zh' ? `${pick(RANK, rank, lang)}及以上` : `${pick(RANK, rank, lang)} or above`;

const SWITCH: Words = {
  review: ['医学审核', 'Medical review'],
  carePath: ['就医建议', 'Care path'],
  escort: ['陪诊', 'Escort'],
  absence: ['没有就诊', 'Absence'],
  changeAfterBooking: ['预约后变更', 'Change after the booking'],
  consentWithdrawnAfterBooking: ['预约后撤回同意', 'Consent withdrawn after the booking'],
};
const CHOICE: Words = {
  spend: ['计次', 'counts as used'],
  person: ['由人决定', 'a person decides'],
  release: ['退回次数', 'given back'],
  'spent-and-served': ['计次，继续服务', 'counts, and is still served'],
  'spent-and-closed': ['计次并办结', 'counts, and closes'],
  free: ['不计次', 'costs nothing'],
};
export const switchName = (code: string, lang: Lang): string => pick(SWITCH, code, lang);
export const choiceInWords = (choice: boolean | string, lang: Lang): string =>
  typeof choice === 'boolean' ? yesNo(choice, lang) : pick(CHOICE, choice, lang);

/** What an "other hospital" rule of an illness asks of the hospital that treats it. */
export function hospitalInWords(demand: { public: boolean; minGrade: number } | null, lang: Lang): string {
  if (demand === null) return lang === 'zh' ? '不限' : 'any';
  return lang === 'zh'
    ? `${demand.public ? '公立，' : ''}${demand.minGrade} 级及以上`
    : `${demand.public ? 'public, ' : ''}grade ${demand.minGrade} or above`;
}

/** The plan's name of a provider, paper kind or notice, else its code. */
export const providerName = (plan: Plan, code: string, lang: Lang): string =>
  plan.providers.find((one) => one.code === code)?.name[lang] ?? code;
export const paperName = (plan: Plan, kind: string, lang: Lang): string =>
  plan.paperKinds.find((one) => one.kind === kind)?.name[lang] ?? kind;
