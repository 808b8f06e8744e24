/** Charity aid of a case in words: what comes next and where, and who paid which box. */
import type { z } from 'zod';
import type { AidView } from '#contract/aid.ts';
import { type BoxLine, boxLines, type NextEvent, standingOf } from '#domain/aid/standing.ts';
import { dayOf } from '#domain/calendar/day.ts';
import type { Context } from '#domain/journeys/drug-aid/context-v1.ts';
import { isOutside } from '#domain/journeys/journey.ts';
import type { Text } from '#domain/plan/schema.ts';
import { getVisibleCase } from '#server/cases/access.ts';
import { openCaseForEvent } from '#server/cases/move-case.ts';
import { discloseUnder } from '#server/consents/disclose-part.ts';
import { findListRow, listAsOf } from '#server/lists/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import { nextOfCase } from './next.ts';

type View = z.infer<typeof AidView>;

const NEXT: Readonly<Record<NextEvent['kind'], Text>> = {
  buy: { zh: '照处方购药', en: 'Buy as prescribed' },
  apply: { zh: '向慈善机构申请', en: 'Apply to the charity' },
  collect: { zh: '领取赠药', en: 'Collect the free drug' },
  done: { zh: '各轮援助已领完', en: 'All rounds are done' },
};
const BOX: Readonly<Record<string, Text>> = {
  'bought/insurer': { zh: '购买，保险公司付款', en: 'bought, paid by the insurer' },
  'bought/member': { zh: '购买，自费', en: 'bought at her own cost' },
  'free/charity': { zh: '赠药，免费', en: 'free, from the charity' },
  'given-up/': { zh: '未领，视为放弃', en: 'not collected, given up' },
};
const labelOf = ({ kind, payer }: BoxLine): Text => BOX[`${kind}/${payer ?? ''}`] ?? { zh: '购买', en: 'bought' };
/** Pharmacies named on a screen; a programme that names none is collected at any listed one. */
const MANY = 20;

/**
 * Who works outside sees it under a consent that names the request, and that is a disclosure.
 * @throws Problem not-found where the caller may not see the case, or it is of another kind; minor-approval-needed
 */
export async function viewAid(db: Db, ctx: Ctx, actor: Actor, caseId: string, lang: 'zh' | 'en'): Promise<View> {
  const now = await ctx.clock.now(db);
  const { row, role } = await getVisibleCase(db, ctx, actor, caseId, now);
  const open = await openCaseForEvent(db, ctx, row);
  if (!('moves' in open.memory.chart)) throw new Problem('not-found');
  const { programme, moves, drug } = open.memory.chart as unknown as Context;
  if (isOutside(role)) {
    const fields = programme ? ['aid.programme', 'aid.drug', 'aid.boxes'] : [];
    await discloseUnder(db, ctx, actor, row, { group: 'request', fields, contentVersion: String(row.version) }, now);
  }
  if (!programme)
    return { programme: null, drug: null, round: 1, bought: 0, toBuy: 0, left: null, next: null, boxes: [] };
  const so = standingOf(programme, moves);
  const next = nextOfCase(open);
  const listed = await findListRow(db, ctx, 'programmes', programme.rowId);
  const papers = programme.papers.flatMap(
    (kind) => open.running.plan.paperKinds.find((one) => one.kind === kind)?.name[lang] ?? [],
  );
  const { name, charity, listVersion: version, phases, rounds } = programme;
  return {
    programme: {
      ...{ name, charity, version, rounds, papers },
      sample: listed?.sample ?? false,
      phases: phases.map(({ bought, free }) => ({ bought, free })),
    },
    drug: drug?.name ?? null,
    round: so.round,
    bought: so.bought,
    toBuy: Math.max(0, so.phase.bought - so.bought),
    left: so.left,
    next: next
      ? {
          ...{ kind: next.kind, label: NEXT[next.kind][lang], on: next.on, until: next.until, units: next.units },
          pharmacies: next.kind === 'collect' ? await pharmaciesOf(db, ctx, programme.pharmacies, now) : [],
        }
      : null,
    boxes: boxLines(programme, moves).map((line) => {
      const { number, round, kind, on } = line;
      return { number, round, kind, on, label: labelOf(line)[lang] };
    }),
  };
}

async function pharmaciesOf(db: Db, ctx: Ctx, names: readonly string[], now: Date) {
  const { items } = await listAsOf(db, ctx, 'pharmacies', dayOf(now), { limit: 100 });
  return items
    .filter(({ label }) => names.length === 0 || names.includes(label))
    .slice(0, MANY)
    .map(({ row }) => {
      const text = (name: string) => String(row[name] ?? '');
      return {
        name: text('name'),
        city: text('city'),
        address: text('address'),
        hours: text('hours'),
        phone: text('phone'),
      };
    });
}
