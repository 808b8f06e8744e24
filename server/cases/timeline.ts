/** The history of a case in words, as far as the viewer may know, and the steps still to come. */
import type { z } from 'zod';
import type { TimelineEntry } from '#contract/cases.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { nameOfRule } from '#domain/eligibility/rule-words.ts';
import { dayInWords } from '#domain/eligibility/words.ts';
import { fieldsOf } from '#domain/journeys/fields.ts';
import type { Journey } from '#domain/journeys/journey.ts';
import { stateMeta } from '#domain/journeys/journey.ts';
import { printMoment } from '#domain/messages/moments.ts';
import { yuan } from '#domain/money/fen.ts';
import type { OpenCase } from './move-case.ts';
import type { OpenedEvent } from './seen.ts';
import type { Viewer } from './viewer.ts';
import { ROLES } from './words.ts';

export type Entry = z.infer<typeof TimelineEntry>;

export function timelineOf(open: OpenCase, events: readonly OpenedEvent[], viewer: Viewer): Entry[] {
  const past = events
    .filter((event) => !isQuietForMember(event.type, viewer))
    .map((event) => entryOf(open, event, viewer));
  return [...past, ...futureOf(open, viewer)];
}

/** Hand-overs inside the house and internal notes are no news for the member's side. */
const isQuietForMember = (type: string, viewer: Viewer): boolean =>
  !viewer.groups.has('internal') && ['addNote', 'takeCase', 'takeReview', 'pursuitEnded'].includes(type);

function entryOf(open: OpenCase, event: OpenedEvent, viewer: Viewer): Entry {
  const { journey } = open;
  const def = journey.events[event.type];
  const label =
    event.type === 'request'
      ? { zh: '提交了申请', en: 'Filed the request' }
      : (def?.told ?? def?.label ?? { zh: event.type, en: event.type });
  // The verified facts stand on the page itself; her history need not repeat every field of them.
  const repeats = def?.decides === true && (viewer.role === 'member' || viewer.role === 'applicant');
  return {
    id: event.id,
    at: formatInstant(event.occurredAt),
    recordedAt: formatInstant(event.recordedAt),
    type: event.type,
    label: label[viewer.lang],
    actorRole: event.actorRole,
    actor: ROLES[event.actorRole]?.[viewer.lang] ?? event.actorRole,
    facts: def && !repeats ? factsOf(def.schema, event, open, viewer) : [],
    future: false,
    by: null,
  };
}

/** The fields of an event whose group the viewer may see, in words. */
export function factsOf(
  schema: z.ZodObject,
  { payload, refs }: Pick<OpenedEvent, 'payload' | 'refs'>,
  open: Pick<OpenCase, 'running'>,
  viewer: Viewer,
): { label: string; value: string }[] {
  const items = fieldsOf(schema).flatMap((field) => {
    const value = payload[field.name];
    if (value === undefined || value === null || !viewer.groups.has(field.group)) return [];
    const words = (Array.isArray(value) ? value : [value]).map((one, i) => {
      const ref = refs[Array.isArray(value) ? `${field.name}/${i}` : field.name];
      if (field.labels) return field.labels[String(one)]?.[viewer.lang] ?? String(one);
      if (field.ref === 'illness')
        return open.running.plan.illnesses.find(({ code }) => code === one)?.name[viewer.lang] ?? String(one);
      if (field.ref === 'rule') return nameOfRule(String(one), viewer.lang);
      if (field.ref?.startsWith('paper:'))
        return paperName(open, field.ref === 'paper:kind' ? String(one) : String(ref?.kind ?? ''), viewer.lang);
      if (field.ref?.startsWith('staff:')) return ROLES[field.ref.slice(6)]?.[viewer.lang] ?? '';
      if (field.ref) return nameOf(ref, viewer.lang) ?? String(one);
      if (field.money) return yuan(Number(one));
      if (field.secret) return `**** ${String(one).slice(-4)}`;
      if (typeof one === 'boolean')
        return one ? { zh: '是', en: 'yes' }[viewer.lang] : { zh: '否', en: 'no' }[viewer.lang];
      if (field.format === 'date') return dayInWords(String(one), viewer.lang);
      if (field.format === 'date-time') return printMoment(new Date(String(one)), viewer.lang);
      return String(one);
    });
    const paper = field.ref?.startsWith('paper:') ?? false;
    return [{ label: field.title[viewer.lang], value: words.filter(Boolean).join('、'), paper }];
  });
  // A paper is named by its kind; an event that gives both says it once.
  const first = items.filter(
    (one, i) => !one.paper || items.findIndex(({ paper, value }) => paper && value === one.value) === i,
  );
  return first.map(({ label, value }) => ({ label, value }));
}

const nameOf = (ref: Readonly<Record<string, unknown>> | null | undefined, lang: 'zh' | 'en'): string | undefined => {
  // A drug is called by its brand.
  const name = ref?.name ?? ref?.brand;
  return typeof name === 'string'
    ? name
    : name && typeof name === 'object'
      ? String((name as Record<string, unknown>)[lang])
      : undefined;
};
const paperName = (open: Pick<OpenCase, 'running'>, kind: string, lang: 'zh' | 'en'): string =>
  open.running.plan.paperKinds.find((one) => one.kind === kind)?.name[lang] ?? kind;

/** The steps after the present one, lighter: what comes and by when, where a promise says so. */
function futureOf(open: OpenCase, viewer: Viewer): Entry[] {
  if (open.row.final) return [];
  const { journey, running } = open;
  const here = journey.steps.findIndex(({ code }) => code === stateMeta(journey, open.row.state).step);
  const visit = running.so.clocks.find(
    (clock) => clock.promise === 'visit' && clock.metAt === null && clock.voidAt === null,
  );
  return journey.steps.slice(here + 1).map((step) => ({
    id: `next-${step.code}`,
    at: formatInstant(open.row.changedAt),
    recordedAt: formatInstant(open.row.changedAt),
    type: `step.${step.code}`,
    label: step.label[viewer.lang],
    actorRole: 'system',
    actor: '',
    facts: [],
    future: true,
    by: step.code === 'visit' && visit ? formatInstant(visit.due) : null,
  }));
}

export function stepsOf(journey: Journey, open: OpenCase, events: readonly OpenedEvent[], lang: 'zh' | 'en') {
  const placeOf = (state: string) => journey.steps.findIndex(({ code }) => code === stateMeta(journey, state).step);
  // An end stands at the last step whatever it came from; what was reached are the states before it.
  const places = events
    .filter(({ stateAfter }) => stateMeta(journey, stateAfter).outcome === undefined)
    .map(({ stateAfter, recordedAt }) => ({ place: placeOf(stateAfter), recordedAt }));
  const furthest = Math.max(-1, ...places.map(({ place }) => place));
  const here = open.row.final ? furthest + 1 : placeOf(open.row.state);
  return journey.steps.map((step, i) => {
    const at = places.find(({ place }) => place === i)?.recordedAt;
    const state = i < here ? ('done' as const) : i === here && !open.row.final ? ('now' as const) : ('next' as const);
    return {
      code: step.code,
      label: step.label[lang],
      state,
      at: at && state !== 'next' ? formatInstant(at) : null,
      by: null,
    };
  });
}
