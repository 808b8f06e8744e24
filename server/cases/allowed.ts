/** What a role may do with a case now: the event, its words, the schema of its payload and what it costs (contract 3). */
import type { AllowedEvent } from '#contract/common.ts';
import { allowedEvents } from '#domain/journeys/advance.ts';
import { payloadSchema } from '#domain/journeys/fields.ts';
import type { CaseRole, Facts } from '#domain/journeys/journey.ts';
import { type OpenCase, snapshotOf } from './move-case.ts';

type Property = Record<string, unknown>;

export function listAllowed(open: OpenCase, role: CaseRole, facts: Facts, lang: 'zh' | 'en'): AllowedEvent[] {
  const { warnings } = open.running.service;
  return allowedEvents(open.journey, snapshotOf(open), role, facts).map((type) => {
    const def = open.journey.events[type]!;
    const warning = def.warning?.(open.memory.chart, warnings);
    return {
      type,
      label: def.label[lang],
      schema: withWhatIsKnown(open, payloadSchema(def.schema, lang), def.decides === true, lang),
      weight: def.weight ?? 'normal',
      ...(warning ? { warning: warning[lang] } : {}),
    };
  });
}

/** The illnesses of the case's own plan to choose from, and where facts are verified, those on file as a start. */
function withWhatIsKnown(open: OpenCase, schema: Property, starts: boolean, lang: 'zh' | 'en'): Property {
  const properties = (schema.properties ?? {}) as Record<string, Property>;
  const given: Record<string, unknown> = starts ? knownFacts(open) : {};
  const filled = Object.entries(properties).map(([name, property]) => {
    const illnesses = property['x-ref'] === 'illness' ? open.running.plan.illnesses : [];
    const choices = {
      enum: illnesses.map(({ code }) => code),
      'x-labels': Object.fromEntries(illnesses.map((one) => [one.code, one.name[lang]])),
    };
    const start = given[name] === undefined || given[name] === null ? {} : { default: given[name] };
    return [name, { ...property, ...(illnesses.length > 0 ? choices : {}), ...start }];
  });
  return { ...schema, ...(filled.length > 0 ? { properties: Object.fromEntries(filled) } : {}) };
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
