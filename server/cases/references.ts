/** What a payload's references must be: ids where ids are asked for, and of something that is there. */
import { Id } from '#contract/common.ts';
import { fieldsOf, type Reference } from '#domain/journeys/fields.ts';
import type { EventDef, Facts } from '#domain/journeys/journey.ts';
import { Problem } from '#server/platform/problem.ts';

type Payload = Readonly<Record<string, unknown>>;

/** An illness, a kind of paper and a rule are named by their code, everything else by its id. */
const BY_CODE: readonly Reference[] = ['illness', 'paper:kind', 'rule'];
const isById = (ref: Reference | undefined): boolean => ref !== undefined && !BY_CODE.includes(ref);
const isId = (value: unknown): boolean =>
  value === undefined || [value].flat().every((one) => Id.safeParse(one).success);
const refusal = (names: readonly string[], lang: 'zh' | 'en') =>
  new Problem('not-acceptable', {
    errors: names.map((name) => ({
      pointer: `/${name}`,
      detail: lang === 'zh' ? '没有找到，请从列表里选' : 'not there; choose from the list',
    })),
  });

/** Before anything is looked up by them. @throws Problem not-acceptable */
export function assertIds(def: EventDef, payload: Payload, lang: 'zh' | 'en'): void {
  const none = fieldsOf(def.schema).filter(({ name, ref }) => isById(ref) && !isId(payload[name]));
  if (none.length > 0)
    throw refusal(
      none.map(({ name }) => name),
      lang,
    );
}

/** The chart's own words come first where it looks at a reference itself. @throws Problem not-acceptable */
export function assertThere(def: EventDef, payload: Payload, context: unknown, facts: Facts, lang: 'zh' | 'en'): void {
  const nowhere = Object.keys(facts.refs).filter((name) => facts.refs[name] === null);
  if (nowhere.length === 0 || (def.check?.(payload as never, context as never, facts) ?? []).length > 0) return;
  throw refusal(nowhere, lang);
}
