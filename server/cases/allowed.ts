/** What a role may do with a case now: the event, its words, the schema of its payload and what it costs (contract 3). */
import type { AllowedEvent } from '#contract/common.ts';
import { nameOfRule } from '#domain/eligibility/rule-words.ts';
import { allowedEvents } from '#domain/journeys/advance.ts';
import { payloadSchema } from '#domain/journeys/fields.ts';
import type { CaseRole, EventDef, Facts, Weight } from '#domain/journeys/journey.ts';
import { type OpenCase, snapshotOf } from './move-case.ts';

type Property = Record<string, unknown>;

/** `form` is the request's own, cut down to what the reader may see. */
export function listAllowed(
  open: OpenCase,
  role: CaseRole,
  facts: Facts,
  form: Readonly<Record<string, unknown>>,
  lang: 'zh' | 'en',
): AllowedEvent[] {
  const { warnings } = open.running.service;
  const possible = allowedEvents(open.journey, snapshotOf(open), role, facts);
  return possible
    .filter((type) => isOwnWay(possible)(type) && !hasIt(open, type, facts.actor))
    .map((type) => {
      const def = open.journey.events[type]!;
      const warning = def.warning?.(open.memory.chart, warnings);
      return {
        type,
        label: def.label[lang],
        schema: withNeeds(
          withWhatIsKnown(
            open,
            payloadSchema(def.schema, lang),
            { ...(def.decides ? knownFacts(open) : {}), ...def.starts?.({ form, facts }) },
            lang,
          ),
          def.needs?.(open.memory.chart) ?? [],
        ),
        weight: weightOf(def, open, facts),
        ...(warning ? { warning: warning[lang] } : {}),
      };
    });
}

/**
 * Who is asked whether she agrees to a request that somebody filed for her has one way to say no: withdrawing, which
 * ends it just the same, is the way of whoever filed it, and hers only where declining is not possible.
 */
const isOwnWay = (possible: readonly string[]) => (type: string) =>
  type !== 'withdraw' || !possible.includes('declineOwnConsent');

/** Who has a case or its review already has nothing to take. */
const hasIt = ({ row }: OpenCase, type: string, actor: string | null): boolean =>
  actor !== null &&
  ((type === 'takeCase' && row.assignee === actor) || (type === 'takeReview' && row.reviewer === actor));

const withNeeds = (schema: Property, needs: readonly string[]): Property =>
  needs.length === 0
    ? schema
    : { ...schema, required: [...new Set([...((schema.required as string[] | undefined) ?? []), ...needs])] };

const weightOf = ({ weight }: EventDef, open: OpenCase, facts: Facts): Weight =>
  typeof weight === 'function' ? weight(open.memory.chart, facts) : (weight ?? 'normal');

/** The illnesses of the case's own plan and the rules that may be cited to choose from, and what a form starts with. */
function withWhatIsKnown(
  open: OpenCase,
  schema: Property,
  given: Readonly<Record<string, unknown>>,
  lang: 'zh' | 'en',
): Property {
  const properties = (schema.properties ?? {}) as Record<string, Property>;
  const filled = Object.entries(properties).map(([name, property]) => {
    const known = choicesOf(open, property['x-ref'], lang);
    const choices = { enum: known.map(([code]) => code), 'x-labels': Object.fromEntries(known) };
    const start = given[name] === undefined || given[name] === null ? {} : { default: given[name] };
    return [name, { ...property, ...(known.length > 0 ? choices : {}), ...start }];
  });
  return { ...schema, ...(filled.length > 0 ? { properties: Object.fromEntries(filled) } : {}) };
}

/** Code and name of what is chosen by its code. */
function choicesOf(open: OpenCase, ref: unknown, lang: 'zh' | 'en'): [code: string, name: string][] {
  if (ref === 'illness') return open.running.plan.illnesses.map(({ code, name }) => [code, name[lang]]);
  const rules = ref === 'rule' ? (open.memory.chart.refusableRules as readonly string[] | undefined) : undefined;
  return (rules ?? []).map((rule) => [rule, nameOfRule(rule, lang)]);
}

/** The illness as verified last, else as the applicant gave it, under the names of the event's fields. */
function knownFacts(open: OpenCase): Record<string, unknown> {
  const illness = open.memory.verified ?? open.memory.request.illness;
  if (!illness) return {};
  const { code, hospitalId, hospitalName, sourcePaperId, ...days } = { sourcePaperId: undefined, ...illness };
  return {
    ...days,
    illness: code,
    hospital: hospitalId,
    hospitalName: hospitalId ? undefined : hospitalName,
    source: sourcePaperId,
  };
}
