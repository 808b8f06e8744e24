/**
 * What a plan says of a service, in sentences for the member: each from a value of the plan and with the clause it cites.
 * Nothing here knows a person; whether she may use it now is decided elsewhere.
 * Over 300 lines: a maker of sentences for each question, each read on its own.
 */
import { CHANNEL_WORDS, KIND_WORDS, type Lang, oneOf, RELATION_WORDS, ROLE_WORDS } from '../eligibility/words.ts';
import { joined, paperName, providerName, rankInWords } from '../operations/plan-words.ts';
import { promiseFact } from './promise-facts.ts';
import type { LISTS, Plan, Service, Text } from './schema.ts';

export const FACT_GROUPS = [
  'who',
  'when',
  'how-often',
  'promises',
  'hours',
  'papers',
  'costs',
  'provider',
  'lists',
  'reach',
] as const;
export type FactGroup = (typeof FACT_GROUPS)[number];

export type ServiceFact = {
  readonly text: string;
  /** A word about it: when a paper is asked for, from when a promise counts. */
  readonly note?: string;
  readonly clause: string;
  /** The list that it speaks of. */
  readonly list?: (typeof LISTS)[number];
};
type Said = { text: Text; clause: string };

/** Everything the plan says of the service, in the order of `FACT_GROUPS`; groups without a fact are left out. */
export function factsOfService(
  plan: Plan,
  service: Service,
  lang: Lang,
): { group: FactGroup; facts: readonly ServiceFact[] }[] {
  const inWords = (said: readonly Said[]): ServiceFact[] =>
    said.map(({ text, clause }) => ({ text: text[lang], clause }));
  const groups: Record<FactGroup, readonly ServiceFact[]> = {
    who: inWords(whoMay(service)),
    when: inWords(whenUsable(plan, service)),
    'how-often': inWords(howOften(service)),
    promises: service.promises.map((promise) => promiseFact(plan, service, promise, lang)),
    hours: inWords(hoursOf(service)),
    papers: service.papers.map((paper) => ({
      text: `${paperName(plan, paper.kind, lang)}${lang === 'zh' ? '：' : ': '}${paper.why[lang]}`,
      note: paperNote(paper)[lang],
      clause: paper.clause,
    })),
    costs: inWords(service.costs),
    provider: inWords(providedBy(plan, service)),
    lists: listsOf(service).map(({ list, clause }) => ({
      text: plan.clauses.find(({ id }) => id === clause)?.[lang] ?? list,
      clause,
      list,
    })),
    reach: inWords(reachedBy(plan, service)),
  };
  return FACT_GROUPS.flatMap((group) => (groups[group].length > 0 ? [{ group, facts: groups[group] }] : []));
}

const t = (zh: string, en: string): Text => ({ zh, en });
/** A sentence with words of both languages in it. */
const both = (words: (lang: Lang) => string): Text => ({ zh: words('zh'), en: words('en') });

function whoMay({ persons, applicants, guardian, citizens, illness }: Service): Said[] {
  return [
    {
      text: both((lang) => {
        const who = oneOf(
          persons.is.map((one) => ROLE_WORDS[lang][one]),
          lang,
        );
        return lang === 'zh' ? `${who}可以使用` : `For ${who}`;
      }),
      clause: persons.clause,
    },
    ...(citizens.is === 'mainland'
      ? [{ text: t('仅限中国大陆公民', 'Mainland citizens only'), clause: citizens.clause }]
      : []),
    ...(illness
      ? [
          {
            text: both((lang) =>
              lang === 'zh'
                ? `保险合同有效期内${illness.first.is ? '首次' : ''}确诊${KIND_WORDS.zh[illness.kind.is]}`
                : `With ${KIND_WORDS.en[illness.kind.is]} ${illness.first.is ? 'first ' : ''}diagnosed while the contract is in force`,
            ),
            clause: illness.diagnosedInForce.clause,
          },
        ]
      : []),
    ...(illness?.excludesPreExisting.is
      ? [
          {
            text: t('合同生效前已有的疾病不能使用', 'Not for an illness from before the contract took effect'),
            clause: illness.excludesPreExisting.clause,
          },
        ]
      : []),
    ...(illness?.hospital.is ? [{ text: hospitalText(illness.hospital.is), clause: illness.hospital.clause }] : []),
    {
      text: both((lang) => {
        const who = joined(
          applicants.is.map((one) => RELATION_WORDS[lang][one]),
          lang,
        );
        return lang === 'zh' ? `可以提出申请的人：${who}` : `May apply: ${who}`;
      }),
      clause: applicants.clause,
    },
    {
      text: t(
        '未满 18 周岁或没有完全民事行为能力的，由监护人申请',
        'For a person under 18 or without full capacity the guardian applies',
      ),
      clause: guardian.clause,
    },
  ];
}

const GRADES = ['', '一', '二', '三'];
const hospitalText = ({ public: open, minGrade }: { public: boolean; minGrade: number }): Text =>
  t(
    `在${GRADES[minGrade]}级及以上${open ? '公立' : ''}医院就医`,
    `Treated at a ${open ? 'public ' : ''}hospital of grade ${minGrade} or above`,
  );

function whenUsable(plan: Plan, { follows, coolingOff, waiting, ownYear }: Service): Said[] {
  return [
    coolingOff.is
      ? { text: t('犹豫期过后可以使用', 'Once the cooling-off period is over'), clause: coolingOff.clause }
      : null,
    waiting.is
      ? {
          text:
            plan.waitingBar.is === 'service'
              ? t(
                  '等待期过后可以使用；等待期内患病的，期满后也不能使用',
                  'After the waiting period; an illness inside it bars the service for good',
                )
              : t(
                  '等待期过后可以使用；等待期内确诊的那一次疾病不能使用',
                  'After the waiting period; the illness diagnosed inside it is not served',
                ),
          clause: waiting.clause,
        }
      : { text: t('没有等待期', 'No waiting period'), clause: waiting.clause },
    ownYear
      ? {
          text: t(
            `先申请开通；从开通之日起 ${ownYear.years} 年有效，到期可以再申请`,
            `Applied for first; it holds ${ownYear.years === 1 ? 'one year' : `${ownYear.years} years`} from its opening and can be applied for again`,
          ),
          clause: ownYear.clause,
        }
      : null,
    {
      text:
        plan.onSuspension.is === 'end'
          ? t(
              '合同有效期内可以使用；合同中止或终止，服务随之结束，合同恢复也不再恢复',
              'While the contract is in force; once it is suspended or ended the service ends, even if the contract comes back',
            )
          : t(
              '合同有效期内可以使用；合同中止时暂停，恢复后继续',
              'While the contract is in force; it rests while the contract is suspended',
            ),
      clause: follows.clause,
    },
  ].flatMap((said) => (said ? [said] : []));
}

const PER: Record<Service['use']['per'], Text> = {
  policy: t('合同有效期内每人', 'for each person under a contract'),
  'policy-year': t('每个保单年度每人', 'for each person in a policy year'),
  lifetime: t('每人终身', 'for each person in a lifetime'),
};

function howOften({ use, warnings, switches }: Service): Said[] {
  const { limit } = use;
  const costly = use.spend.filter(({ cause }) => cause !== 'delivered');
  const said = {
    'used-by-cancel': warnings.cancelling,
    'used-by-change': warnings.changing,
    'used-by-absence': warnings.absence,
  };
  if (limit.is === null) {
    return [
      { text: t('次数不限', 'Without limit'), clause: limit.clause },
      ...(switches?.changeAfterBooking.is === 'free'
        ? [
            {
              text: t('改期、取消都不计次', 'Changing and cancelling count as no use'),
              clause: switches.changeAfterBooking.clause,
            },
          ]
        : []),
    ];
  }
  return [
    {
      text: t(
        `${PER[use.per].zh} ${limit.is} 次`,
        `${limit.is === 1 ? 'Once' : `${limit.is} times`} ${PER[use.per].en}`,
      ),
      clause: limit.clause,
    },
    ...use.spend
      .filter(({ cause }) => cause === 'delivered')
      .slice(0, 1)
      .map(({ clause }) => ({ text: t('服务完成，计 1 次', 'A service delivered counts as one use'), clause })),
    // Each cause once, in the insurer's own words where it has some.
    ...[...new Map(costly.map((rule) => [rule.cause, rule])).values()].map(({ cause, clause }) => ({
      text: asItem(said[cause as keyof typeof said] ?? SPENT[cause as keyof typeof said]),
      clause,
    })),
    ...(switches?.absence.is === 'person' &&
    warnings.absence &&
    !costly.some(({ cause }) => cause === 'used-by-absence')
      ? [{ text: asItem(warnings.absence), clause: switches.absence.clause }]
      : []),
    ...(use.release.length > 0
      ? [
          {
            text: t('没有办成或没有通过的，次数退回', 'What came to nothing or was refused gives the use back'),
            clause: limit.clause,
          },
        ]
      : []),
  ];
}
/** A sentence of the plan as an item of a list, without its full stop. */
const asItem = ({ zh, en }: Text): Text => t(zh.replace(/。$/, ''), en.replace(/\.$/, ''));
const SPENT = {
  'used-by-cancel': t('预约成功后取消，计为使用 1 次', 'Cancelling after the booking counts as one use'),
  'used-by-change': t('预约成功后变更，计为使用 1 次', 'Changing after the booking counts as one use'),
  'used-by-absence': t('没有按约就诊，计为使用 1 次', 'Not attending counts as one use'),
};

function hoursOf({ hours, anyHour }: Service): Said[] {
  return [
    ...(anyHour
      ? [{ text: t('每天 24 小时，节假日照常', 'Every day around the clock, holidays too'), clause: anyHour.clause }]
      : []),
    ...(hours
      ? [
          {
            text:
              hours.days === 'every-day'
                ? t(
                    `每天 ${hours.opens}–${hours.closes}，周末照常，国务院公布的放假日除外`,
                    `Every day ${hours.opens}–${hours.closes}, weekends too, except the days the State Council marks off`,
                  )
                : t(
                    `工作日 ${hours.opens}–${hours.closes}，周末和放假日不服务`,
                    `Working days ${hours.opens}–${hours.closes}; no weekends, no holidays`,
                  ),
            clause: hours.clause,
          },
        ]
      : []),
  ];
}

function paperNote({ required, from, eachRound }: Service['papers'][number]): Text {
  if (required === 'guardian') return t('监护人申请时必需', 'needed when a guardian applies');
  if (required === 'agent') return t('受托人申请时必需', 'needed when an agent applies');
  if (required === 'after-visit') return t('就诊后需要', 'needed after the visit');
  if (required === 'no') return t('有就请提供', 'if you have it');
  if (from !== undefined) return t('办理中会请您提供，申请时不用', 'asked for later, not with the request');
  return eachRound ? t('必需，每次处方都要新的', 'needed, a new one each time') : t('必需', 'needed');
}

function providedBy(plan: Plan, { provider, manager, expert, hospitals, consultation, panel }: Service): Said[] {
  return [
    provider
      ? {
          text: both((lang) => {
            const name = providerName(plan, provider.default, lang);
            const other = provider.hospitalMayName
              ? t('；您选的医院由别家负责的，会先告诉您', '; where your hospital has another, you are told first')[lang]
              : '';
            return lang === 'zh' ? `由${name}提供${other}` : `Given by ${name}${other}`;
          }),
          clause: provider.clause,
        }
      : null,
    manager
      ? {
          text: t('一位专属病案经理从头到尾负责', 'One case manager of your own, from first to last'),
          clause: manager.clause,
        }
      : null,
    consultation
      ? {
          text: t(
            `${GRADES[consultation.doctors.minGrade]}级${CLASSES[consultation.doctors.class]}等医院的在职医生，不能自选医院和医生`,
            `Doctors in service at grade ${consultation.doctors.minGrade}${consultation.doctors.class} hospitals; neither hospital nor doctor can be chosen`,
          ),
          clause: consultation.doctors.clause,
        }
      : expert
        ? {
            text: both((lang) =>
              lang === 'zh'
                ? `专家：${rankInWords(expert.minRank, lang)}`
                : `Expert: ${rankInWords(expert.minRank, lang)}`,
            ),
            clause: expert.clause,
          }
        : null,
    panel
      ? {
          text: t(`由 ${panel.experts} 位专家一起审核资料`, `${panel.experts} experts judge the records together`),
          clause: panel.clause,
        }
      : null,
    hospitals?.minGrade
      ? {
          text: t(
            `${GRADES[hospitals.minGrade]}级${hospitals.class ? `${CLASSES[hospitals.class]}等` : ''}及以上医院`,
            `Hospitals of grade ${hospitals.minGrade}${hospitals.class ?? ''} or above`,
          ),
          clause: hospitals.clause,
        }
      : null,
  ].flatMap((said) => (said ? [said] : []));
}
const CLASSES = { A: '甲', B: '乙', C: '丙' } as const;

const listsOf = ({ hospitals, lists }: Service) => [
  ...(hospitals ? [{ list: hospitals.list, clause: hospitals.clause }] : []),
  ...(lists ?? []),
];

function reachedBy(plan: Plan, { doors, channels }: Service): Said[] {
  const named = plan.portal?.doors ?? [];
  const ways = doors.flatMap(({ door, entry, clause: cited }) => {
    const found = named.find(({ code }) => code === door);
    return found
      ? [
          {
            text: both((lang) =>
              [plan.portal?.name[lang], found.name[lang], found.inside?.[lang], entry?.[lang]]
                .filter(Boolean)
                .join(' › '),
            ),
            clause: cited ?? channels.clause,
          },
        ]
      : [];
  });
  return [
    ...ways,
    {
      text: both((lang) => {
        const how = oneOf(
          channels.is.map((one) => CHANNEL_WORDS[lang][one]),
          lang,
        );
        return lang === 'zh' ? `申请方式：${how}；电话 ${plan.hotline}` : `Asked for ${how}; telephone ${plan.hotline}`;
      }),
      clause: channels.clause,
    },
  ];
}
