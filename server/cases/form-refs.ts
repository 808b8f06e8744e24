/** What a request's form names: rows of the insurer's lists, beside the hospital, as of the day of the request [A.2]; an earlier case of hers. */
import { dayOf } from '#domain/calendar/day.ts';
import { fieldsOf } from '#domain/journeys/fields.ts';
import { type Journey, stateMeta } from '#domain/journeys/journey.ts';
import { LIST_SHAPES, type ListKind } from '#domain/lists/kinds.ts';
import { findListRow, isListed } from '#server/lists/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { listOwnCases } from './own-cases.ts';

export type FormRefs = Record<string, Record<string, unknown>>;

/** `say`: names a field whose row is not on the list of the day. */
export async function loadFormRefs(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  journey: Journey,
  { personId, form }: { personId: string; form: Readonly<Record<string, unknown>> },
  now: Date,
  say: (pointer: string, zh: string, en: string) => void,
): Promise<FormRefs> {
  const refs: FormRefs = {};
  for (const { name, ref } of fieldsOf(journey.request)) {
    const id = form[name];
    if (ref === 'case:earlier' && id !== undefined) {
      const own = await listOwnCases(db, ctx, actor, { personId, kind: journey.kind }, now);
      const found = own.find(({ open }) => open.row.id === id)?.open.row;
      if (found) refs[name] = { id: found.id, number: found.number };
      else
        say(`/form/${name}`, '没有找到这份服务单，请从列表里选', 'no such case of this person; choose from the list');
    }
    if (!ref?.startsWith('list:') || ref === 'list:hospitals' || typeof id !== 'string') continue;
    const list = ref.slice(5) as ListKind;
    const row = (await isListed(db, ctx, list, id, dayOf(now))) ? await findListRow(db, ctx, list, id) : undefined;
    if (row) refs[name] = { ...row.row, id: row.id, key: row.key, listVersion: row.version };
    else {
      const what = LIST_SHAPES[list].name;
      say(
        `/form/${name}`,
        `不在${dayOf(now)}的${what.zh}目录内，请另选`,
        `not on the list of ${what.en} of ${dayOf(now)}; choose another`,
      );
    }
  }
  return refs;
}

type Schema = Readonly<Record<string, unknown>>;

/** The form with her earlier cases as choices, and without the question where she has none. */
export async function withEarlierCases(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  journey: Journey,
  personId: string,
  schema: Record<string, unknown>,
  lang: 'zh' | 'en',
  now: Date,
): Promise<Record<string, unknown>> {
  const field = fieldsOf(journey.request).find(({ ref }) => ref === 'case:earlier')?.name;
  if (!field) return schema;
  const { [field]: asked, ...others } = schema.properties as Record<string, Schema>;
  const own = await listOwnCases(db, ctx, actor, { personId, kind: journey.kind }, now);
  if (own.length === 0) return { ...schema, properties: others };
  const { 'x-ref': _, ...question } = asked!;
  const labels = own.map(({ open: { row, memory, journey: chart } }): [string, string] => {
    const drug = (memory.chart.drug as { name: string } | null | undefined)?.name;
    return [row.id, [drug, row.number, stateMeta(chart, row.state).label[lang]].filter(Boolean).join(' · ')];
  });
  const choice = { ...question, enum: labels.map(([id]) => id), 'x-labels': Object.fromEntries(labels) };
  return { ...schema, properties: { ...others, [field]: choice } };
}
