/** What a provider may see of a case: the one function that cuts a case down to what a consent covers. Pure. */
import type { Journey } from '../journeys/journey.ts';
import type { FieldGroup } from '../plan/schema.ts';
import {
  type CasePart,
  groupsOfEvent,
  groupsOfRequest,
  MILESTONE_GROUPS,
  PART_FIELDS,
  type SharingGroup,
} from './field-groups.ts';

/** A consent that holds now; whether it does was decided by whoever read it. */
export type LiveConsent = { readonly id: string; readonly recipient: string; readonly fields: readonly FieldGroup[] };

type Fields = Readonly<Record<string, unknown>>;
export type SharedEvent = {
  readonly seq: number;
  readonly type: string;
  readonly actorRole: string;
  readonly occurredAt: Date;
  readonly recordedAt: Date;
  readonly payload: Fields;
  readonly milestones: readonly string[];
};
/** All of a case, opened. A part that is not there yet is null. */
export type CaseFacts = {
  readonly journey: Journey;
  readonly parts: { readonly [P in CasePart]: Fields | null };
  /** The request's own form. */
  readonly form: Fields;
  readonly events: readonly SharedEvent[];
  readonly papers: readonly {
    readonly id: string;
    readonly kind: string;
    readonly verdict: string;
    /** Where the plan gives the kind a group of its own; else it is one of the papers. */
    readonly group?: FieldGroup | undefined;
  }[];
  /** Messages of the case, those to this provider apart, which are its own. */
  readonly messages: readonly { readonly id: string; readonly at: Date }[];
};

/** A case as the provider sees it: the same shape with less in it. */
export type SharedCase = Omit<CaseFacts, 'journey'>;
export type DisclosedCase = {
  /** null: nothing at all may be shown. */
  readonly view: SharedCase | null;
  /** Groups and names of what is in the view, for the record of disclosures; sorted, each once. */
  readonly groups: FieldGroup[];
  readonly fields: string[];
};

/**
 * The view of one provider under one consent. Without a consent, or with one given for somebody else, there is none.
 * A field is in it only when it is set, its group is declared and the consent names that group. An event is in it when
 * one of its fields is, or when the consent covers a milestone that it passed.
 */
export function discloseTo(provider: string, consent: LiveConsent | undefined, facts: CaseFacts): DisclosedCase {
  if (!consent || consent.recipient !== provider) return { view: null, groups: [], fields: [] };
  const groups = new Set<FieldGroup>();
  const fields = new Set<string>();
  /** Whether the consent covers a thing; what it covers is noted under its name. */
  const covers = (group: SharingGroup | undefined, name: string): boolean => {
    if (group === undefined || group === 'internal' || !consent.fields.includes(group)) return false;
    groups.add(group);
    fields.add(name);
    return true;
  };
  const cut = (values: Fields, groupOf: (field: string) => SharingGroup | undefined, name: string): Fields =>
    Object.fromEntries(
      Object.entries(values).filter(
        ([field, value]) => value !== null && value !== undefined && covers(groupOf(field), `${name}.${field}`),
      ),
    );

  const parts = Object.fromEntries(
    Object.entries(facts.parts).map(([part, values]) => {
      const declared: Readonly<Record<string, SharingGroup>> = PART_FIELDS[part as CasePart] ?? {};
      const kept =
        values && cut(values, (field) => (Object.hasOwn(declared, field) ? declared[field] : undefined), part);
      return [part, kept && Object.keys(kept).length > 0 ? kept : null];
    }),
  ) as SharedCase['parts'];
  const ofRequest = groupsOfRequest(facts.journey);
  const view: SharedCase = {
    parts,
    form: cut(facts.form, (field) => ofRequest.get(field), 'request'),
    events: facts.events.flatMap((event) => {
      const declared = groupsOfEvent(facts.journey, event.type);
      const payload = cut(event.payload, (field) => declared.get(field), event.type);
      const milestones = event.milestones.filter((one) =>
        covers(Object.hasOwn(MILESTONE_GROUPS, one) ? MILESTONE_GROUPS[one] : undefined, `timeline.${one}`),
      );
      return Object.keys(payload).length > 0 || milestones.length > 0 ? [{ ...event, payload, milestones }] : [];
    }),
    papers: facts.papers.filter((paper) => covers(paper.group ?? 'papers', `papers.${paper.kind}`)),
    messages: facts.messages.filter(() => covers('messages', 'messages')),
  };
  return { view, groups: [...groups].sort(), fields: [...fields].sort() };
}
