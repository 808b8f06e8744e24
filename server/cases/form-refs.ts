/** Rows of the insurer's lists that a request's form names, beside the hospital: as of the day of the request [A.2]. */
import { dayOf } from '#domain/calendar/day.ts';
import { fieldsOf } from '#domain/journeys/fields.ts';
import type { Journey } from '#domain/journeys/journey.ts';
import { LIST_SHAPES, type ListKind } from '#domain/lists/kinds.ts';
import { findListRow, isListed } from '#server/lists/queries.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';

export type FormRefs = Record<string, Record<string, unknown>>;

/** `say`: names a field whose row is not on the list of the day. */
export async function loadFormRefs(
  db: Db,
  ctx: Ctx,
  journey: Journey,
  form: Readonly<Record<string, unknown>>,
  now: Date,
  say: (pointer: string, zh: string, en: string) => void,
): Promise<FormRefs> {
  const refs: FormRefs = {};
  for (const { name, ref } of fieldsOf(journey.request)) {
    const id = form[name];
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
