/** Service quality: what members said, by service, provider and month, as figures that speak of nobody. */
import type { QualityQuery, QualityView } from '#contract/satisfaction.ts';
import { dayOf, formatInstant, instantAt } from '#domain/calendar/day.ts';
import type { Text } from '#domain/plan/schema.ts';
import { add, type Distribution, figuresOf, SMALLEST } from '#domain/satisfaction/satisfaction.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { toCsv } from '#server/platform/csv.ts';
import { type Db, query, sql } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';

type Lang = 'zh' | 'en';
const MONTHS = 6;
const LOW_AT_MOST = 100;
const MONTH = `to_char(coalesce(asked_at, said_at) at time zone 'Asia/Shanghai', 'YYYY-MM')`;
/** $4 is the only provider that may be counted; null: all. */
const COUNTED = `from satisfactions where insurer = $1 and coalesce(asked_at, said_at) >= $2 and coalesce(asked_at, said_at) < $3
    and ($4::text is null or provider = $4)`;

type Group = { month: string; service: string; provider: string | null };
const selectGroups = sql<Group & { asked: number; distribution: number[] }>(
  'quality.groups',
  `select ${MONTH} as month, service, provider, count(asked_at)::int as asked,
     array[${[1, 2, 3, 4, 5].map((stars) => `(count(*) filter (where stars = ${stars}))::int`).join(', ')}] as distribution
     ${COUNTED} group by 1, 2, 3 order by 1 desc, 2, 3`,
);
const selectReasons = sql<Group & { reason: string; count: number }>(
  'quality.reasons',
  `select month, service, provider, reason, count(*)::int as count
     from (select ${MONTH} as month, service, provider, unnest(reasons) as reason ${COUNTED}) r group by 1, 2, 3, 4 order by 5 desc, 4`,
);
const selectLow = sql<{
  caseId: string;
  number: string;
  service: string;
  stars: number;
  reasons: string[];
  saidAt: Date;
}>(
  'quality.low',
  `select s.case_id as "caseId", c.number, s.service, s.stars, s.reasons, s.said_at as "saidAt" from satisfactions s
     join cases c on c.insurer = s.insurer and c.id = s.case_id
    where s.insurer = $1 and s.low and coalesce(s.asked_at, s.said_at) >= $2 and coalesce(s.asked_at, s.said_at) < $3
    order by s.said_at desc, s.case_id limit ${LOW_AT_MOST}`,
);

/** Who reads how the whole house does, and which cases were unhappy; every other desk its own figures. */
const WHOLE: readonly string[] = ['supervisor', 'operations'];

/** @throws Problem not-acceptable where the months are the wrong way round */
export async function viewQuality(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  asked: QualityQuery,
  lang: Lang,
): Promise<QualityView> {
  const to = asked.to ?? dayOf(await ctx.clock.now(db)).slice(0, 7);
  const from = asked.from ?? monthAfter(to, 1 - MONTHS);
  if (from > to)
    throw new Problem('not-acceptable', {
      errors: [{ pointer: '/to', detail: { zh: '不能早于开始的月份', en: 'cannot be before the first month' } }],
    });
  const whole = WHOLE.includes(actor.role);
  const span = [instantAt(`${from}-01`, '00:00'), instantAt(`${monthAfter(to, 1)}-01`, '00:00')];
  const values = [ctx.insurer, ...span, whole ? null : (actor.provider ?? '')];
  const groups = (await query(db, selectGroups, values)).map((group) => ({
    ...group,
    distribution: group.distribution as unknown as Distribution,
  }));
  const reasons = await query(db, selectReasons, values);
  const names = namesOf(ctx, lang);
  return {
    from,
    to,
    smallest: SMALLEST,
    months: monthsOf(groups),
    services: [...new Set(groups.map(({ service }) => service))].map((code) => ({ code, label: names.service(code) })),
    items: groups.map(({ month, service, provider, asked, distribution }) => {
      const figures = figuresOf(distribution);
      const ofGroup = reasons.filter((one) => one.month === month && one.service === service && one.provider === provider); // biome-ignore format: one thought
      return {
        month,
        service,
        serviceName: names.service(service),
        provider,
        providerName: names.provider(provider),
        asked,
        ...figures,
        distribution: figures.distribution && [...figures.distribution],
        reasons: figures.distribution
          ? ofGroup.map(({ reason, count }) => ({ code: reason, label: names.reason(reason), count }))
          : [],
      };
    }),
    low: (whole ? await query(db, selectLow, values.slice(0, 3)) : []).map((row) => ({
      caseId: row.caseId,
      number: row.number,
      serviceName: names.service(row.service),
      stars: row.stars,
      reasons: row.reasons.map(names.reason),
      saidAt: formatInstant(row.saidAt),
    })),
  };
}

/** All services together, and each by itself, month by month, the oldest first. */
function monthsOf(groups: readonly (Group & { asked: number; distribution: Distribution })[]): QualityView['months'] {
  const sums = new Map<string, { month: string; service: string | null; asked: number; distribution: Distribution }>();
  for (const { month, service, asked, distribution } of groups)
    for (const counted of [null, service]) {
      const key = `${month} ${counted}`;
      const known = sums.get(key) ?? { month, service: counted, asked: 0, distribution: [0, 0, 0, 0, 0] as const };
      sums.set(key, { ...known, asked: known.asked + asked, distribution: add(known.distribution, distribution) });
    }
  return [...sums.values()]
    .sort((a, b) => a.month.localeCompare(b.month))
    .map(({ month, service, asked, distribution }) => {
      const { answered, mean } = figuresOf(distribution);
      return { month, service, asked, answered, mean };
    });
}

function monthAfter(month: string, n: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  const count = year * 12 + number - 1 + n;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** By the newest edition that knows the code; what no plan knows any more is told by its code. */
function namesOf(ctx: Ctx, lang: Lang) {
  const plans = [...ctx.plans].sort((a, b) => b.edition.localeCompare(a.edition));
  const first = (find: (plan: (typeof plans)[number]) => Text | undefined, code: string) =>
    plans.map(find).find((name) => name !== undefined)?.[lang] ?? code;
  return {
    service: (code: string) => first(({ services }) => services[code]?.name, code),
    provider: (code: string | null) =>
      code === null
        ? { zh: '本公司', en: 'In house' }[lang]
        : first(({ providers }) => providers.find((one) => one.code === code)?.name, code),
    reason: (code: string) =>
      first(({ satisfaction }) => satisfaction?.reasons.find((one) => one.code === code)?.name, code),
  };
}

/** The same figures as a file, and no case in it. */
export function exportQuality({ items }: QualityView, lang: Lang): Buffer {
  const headings: readonly Text[] = [
    { zh: '月份', en: 'Month' },
    { zh: '服务', en: 'Service' },
    { zh: '服务商', en: 'Provider' },
    { zh: '邀请评价', en: 'Asked' },
    { zh: '已评价', en: 'Answered' },
    { zh: '平均', en: 'Mean' },
    ...[1, 2, 3, 4, 5].map((n) => ({ zh: `${n} 分`, en: `${n} of 5` })),
    { zh: '原因', en: 'Reasons' },
  ];
  return toCsv([
    headings.map((heading) => heading[lang]),
    ...items.map((item) => [
      item.month,
      item.serviceName,
      item.providerName,
      item.asked,
      item.answered,
      item.mean,
      ...(item.distribution ?? [null, null, null, null, null]),
      item.reasons.map(({ label, count }) => `${label} ${count}`).join(lang === 'zh' ? '；' : '; '),
    ]),
  ]);
}
