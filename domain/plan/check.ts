/**
 * What makes a plan of the right shape still wrong: days that do not exist, names given twice, promises that cannot be
 * kept, uses held for ever. Each service is judged on its own, so that a fault in one hides none of another.
 */
import { checkPortal } from './check-portal.ts';
import { checkService } from './check-service.ts';
import { type Finding, nameOf, t, twice } from './explain.ts';
import type { Fault } from './faults.ts';
import type { Place } from './locate.ts';
import { type Plan, Service } from './schema.ts';

type Row = Record<string, unknown>;

/** Every semantic finding in the plain data of one plan file. */
export function checkPlan(data: unknown): Finding[] {
  if (!isRow(data)) return [];
  const services = isRow(data.services) ? Object.entries(data.services) : [];
  return [
    ...checkDays(data),
    ...checkWorkingDay(data),
    ...checkTables(data),
    ...checkSampleLabel(data),
    ...checkPortal(data),
    ...checkSatisfaction(data),
    ...services.flatMap(([code, raw]) => {
      const parsed = Service.safeParse(withoutUnknown(raw));
      return parsed.success ? checkService(parsed.data, ['services', code]) : [];
    }),
    ...(services.length === 0 && isRow(data.services)
      ? [
          {
            path: ['services'],
            message: t('计划没有任何服务：至少列出一项。', 'The plan has no service: list at least one.'),
          },
        ]
      : []),
  ];
}

/** Editions of one plan that are in force on the same day. An open-ended edition ends where one that supersedes it begins. */
export function checkEditions(
  reads: readonly { file: string; plan: Plan | null; locate: (path: readonly (string | number)[]) => Place }[],
): Fault[] {
  const editions = reads.flatMap((read) => (read.plan === null ? [] : [{ ...read, plan: read.plan }]));
  return editions.flatMap((later, index) =>
    editions.flatMap((earlier, other): Fault[] => {
      if (index === other || later.plan.plan !== earlier.plan.plan) return [];
      const [a, b] = [earlier.plan, later.plan];
      const comesAfter = a.effectiveFrom < b.effectiveFrom || (a.effectiveFrom === b.effectiveFrom && other < index);
      const lastDay =
        a.effectiveTo ?? (b.supersedes === a.edition && a.effectiveFrom < b.effectiveFrom ? '' : '9999-12-31');
      const sameEdition = a.edition === b.edition;
      if (!comesAfter || (lastDay < b.effectiveFrom && !sameEdition)) return [];
      const path = [sameEdition ? 'edition' : 'effectiveFrom'];
      const message = sameEdition
        ? t(
            `计划“${b.plan}”的 ${b.edition} 版已由 ${earlier.file} 定义：请给这一份另一个版本。`,
            `Edition ${b.edition} of plan "${b.plan}" is already defined by ${earlier.file}: give this one another edition.`,
          )
        : t(
            `计划“${b.plan}”有两个版本在 ${b.effectiveFrom} 同时生效：${earlier.file} ${a.effectiveTo === null ? '没有结束日' : `到 ${a.effectiveTo} 为止`}。请让它的 effectiveTo 早于 ${b.effectiveFrom}，或让这一份写明 supersedes: "${a.edition}"。`,
            `Two editions of plan "${b.plan}" are in force on ${b.effectiveFrom}: ${earlier.file} runs ${a.effectiveTo === null ? 'without an end' : `to ${a.effectiveTo}`}. Give it an effectiveTo before ${b.effectiveFrom}, or let this one say supersedes: "${a.edition}".`,
          );
      return [{ file: later.file, ...later.locate(path), path: nameOf(path), message }];
    }),
  );
}

function checkDays(plan: Row): Finding[] {
  const findings = ['edition', 'effectiveFrom', 'effectiveTo'].flatMap((key): Finding[] => {
    const day = plan[key];
    if (typeof day !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(day) || exists(day)) return [];
    return [
      { path: [key], message: t(`“${key}”是 ${day}，没有这一天。`, `"${key}" is ${day}, a day that does not exist.`) },
    ];
  });
  if (
    typeof plan.effectiveTo === 'string' &&
    typeof plan.effectiveFrom === 'string' &&
    plan.effectiveTo < plan.effectiveFrom
  ) {
    findings.push({
      path: ['effectiveTo'],
      message: t(
        `这一版在 ${plan.effectiveTo} 结束，早于生效日 ${plan.effectiveFrom}。`,
        `The edition ends on ${plan.effectiveTo}, before it takes effect on ${plan.effectiveFrom}.`,
      ),
    });
  }
  return findings;
}

function exists(day: string): boolean {
  const moment = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day);
}

function checkWorkingDay(plan: Row): Finding[] {
  const hours = plan.workingDay;
  if (
    !isRow(hours) ||
    typeof hours.opens !== 'string' ||
    typeof hours.closes !== 'string' ||
    hours.opens < hours.closes
  )
    return [];
  return [
    {
      path: ['workingDay', 'closes'],
      message: t(
        `工作日 ${hours.closes} 结束，不晚于开始的 ${hours.opens}。`,
        `The working day closes at ${hours.closes}, not after it opens at ${hours.opens}.`,
      ),
    },
  ];
}

const TABLES: readonly [table: string, what: string, keys: readonly string[]][] = [
  ['clauses', 'clause', ['id']],
  ['providers', 'provider', ['code']],
  ['illnesses', 'illness', ['code']],
  ['paperKinds', 'paper kind', ['kind']],
  ['consentTexts', 'consent text', ['id', 'version']],
  ['informedConsents', 'informed consent', ['service', 'laboratory', 'version']],
  ['notices', 'notice', ['id', 'version']],
];

function checkTables(plan: Row): Finding[] {
  return TABLES.flatMap(([table, what, keys]) => {
    const rows = Array.isArray(plan[table]) ? plan[table] : [];
    return twice(rows.map((row) => (isRow(row) ? keys.map((key) => String(row[key])).join(' version ') : ''))).map(
      ({ name, index }) => ({
        path: [table, index, keys[0] ?? ''],
        message: t(
          `${table} 中“${name}”定义了两次：删掉一个，或改名。`,
          `The ${what} "${name}" is defined twice: remove one or rename it.`,
        ),
      }),
    );
  });
}

/** A reason that is given twice, or is for a kind of case that no service of the plan has. */
function checkSatisfaction(plan: Row): Finding[] {
  const reasons = isRow(plan.satisfaction) && Array.isArray(plan.satisfaction.reasons) ? plan.satisfaction.reasons : [];
  const kinds = Object.values(isRow(plan.services) ? plan.services : {}).map((service) =>
    isRow(service) && isRow(service.journey) ? service.journey.kind : undefined,
  );
  return [
    ...twice(reasons.map((reason) => (isRow(reason) ? String(reason.code) : ''))).map(({ name, index }) => ({
      path: ['satisfaction', 'reasons', index, 'code'],
      message: t(
        `评价原因“${name}”定义了两次：删掉一个，或改名。`,
        `The reason "${name}" is defined twice: remove one or rename it.`,
      ),
    })),
    ...reasons.flatMap((reason, index): Finding[] =>
      isRow(reason) && Array.isArray(reason.kinds)
        ? reason.kinds.flatMap((kind, at) =>
            kinds.includes(kind)
              ? []
              : [
                  {
                    path: ['satisfaction', 'reasons', index, 'kinds', at],
                    message: t(
                      `没有一项服务的流程是“${kind}”：这个原因永远不会出现。`,
                      `No service of the plan has the journey "${kind}": this reason would never be shown.`,
                    ),
                  },
                ],
          )
        : [],
    ),
  ];
}

function checkSampleLabel(plan: Row): Finding[] {
  if (plan.sampleLabel !== undefined) return [];
  const needed = (path: readonly (string | number)[]): Finding => ({
    path,
    message: t(
      '这里是示例，计划却没有在旁显示的 sampleLabel：请补上。',
      'This is a sample, yet the plan has no sampleLabel to show beside it: add one.',
    ),
  });
  const settled = isRow(plan.services)
    ? Object.entries(plan.services).find(
        ([, service]) => isRow(service) && isRow(service.settlement) && service.settlement.sample === true,
      )
    : undefined;
  return [
    ...['illnesses', 'providers'].flatMap((table): Finding[] => {
      const rows = Array.isArray(plan[table]) ? plan[table] : [];
      const index = rows.findIndex((row) => isRow(row) && row.sample === true);
      return index < 0 ? [] : [needed([table, index, 'sample'])];
    }),
    ...(settled ? [needed(['services', settled[0], 'settlement', 'sample'])] : []),
  ];
}

/** Unknown keys have their own fault already; without them the rest of the service can still be judged. */
function withoutUnknown(raw: unknown): unknown {
  const parsed = Service.safeParse(raw);
  if (parsed.success) return raw;
  const copy: unknown = JSON.parse(JSON.stringify(raw));
  for (const issue of parsed.error.issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const holder = issue.path.reduce<unknown>(
      (value, step) => (isRow(value) || Array.isArray(value) ? (value as Row)[String(step)] : undefined),
      copy,
    );
    if (isRow(holder)) for (const key of issue.keys) delete holder[key];
  }
  return copy;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
