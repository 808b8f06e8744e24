import { expect, test } from 'vitest';
import { z } from 'zod';
import { dayField, textField } from '../journeys/fields.ts';
import type { Journey } from '../journeys/journey.ts';
import { KINDS } from '../journeys/kinds.ts';
import { JOURNEYS } from '../journeys/registry.ts';
import { FIELD_GROUPS, type FieldGroup } from '../plan/schema.ts';
import { type CaseFacts, discloseTo, type LiveConsent } from './disclose.ts';
import { groupsOfEvent, groupsOfRequest, MILESTONE_GROUPS, PART_FIELDS } from './field-groups.ts';

const title = { zh: '项', en: 'field' };
const journey = {
  request: z.strictObject({ department: textField({ title, group: 'request', max: 10 }) }),
  events: {
    offerSlot: {
      schema: z.strictObject({
        visitOn: dayField({ title, group: 'booking' }),
        note: textField({ title, group: 'internal', max: 10 }),
      }),
    },
    verifyFacts: { schema: z.strictObject({ diagnosedOn: dayField({ title, group: 'illness' }) }) },
    addNote: { schema: z.strictObject({ note: textField({ title, group: 'internal', max: 10 }) }) },
    checkOut: { schema: z.strictObject({}) },
  },
} as unknown as Journey;
const at = new Date('2026-11-18T02:00:00Z');
const event = (seq: number, type: string, payload: Record<string, unknown>, milestones: string[] = []) => ({
  seq,
  type,
  actorRole: 'reviewer',
  occurredAt: at,
  recordedAt: at,
  payload,
  milestones,
});
const facts: CaseFacts = {
  journey,
  parts: {
    person: { name: '林小满', idNumber: 'P1', phone: '138', mainlandCitizen: true, nickname: '满满' },
    applicant: { relation: 'self' },
    illness: { code: 'lung-cancer', diagnosedOn: '2026-10-01', preExisting: false },
    wish: null,
    carePath: null,
    offer: null,
    opinion: null,
    summary: null,
    firstReview: null,
    verdict: null,
    arrangement: null,
  },
  form: { department: '胸外科', diary: 'x' },
  events: [
    event(1, 'request', { request: { illness: 'x' } }, ['requested']),
    event(2, 'verifyFacts', { diagnosedOn: '2026-10-01' }),
    event(3, 'addNote', { note: 'x' }),
    event(4, 'offerSlot', { visitOn: '2026-11-20', note: 'x', constructor: 'x' }, ['slot-offered']),
    event(5, 'checkOut', {}, ['visit-ended', 'died']),
    event(6, 'unheardOf', { name: '林小满' }, ['unheard-of']),
  ],
  papers: [{ id: 'p1', kind: 'diagnosis', verdict: 'accepted' }],
  messages: [{ id: 'm1', at }],
};
const consent = (...fields: FieldGroup[]): LiveConsent => ({ id: 'c1', recipient: 'escorts', fields });

test('without a consent, or with one given to another provider, nothing is shown', () => {
  const nothing = { view: null, groups: [], fields: [] };
  expect(discloseTo('escorts', undefined, facts)).toEqual(nothing);
  expect(discloseTo('others', consent(...FIELD_GROUPS), facts)).toEqual(nothing);
});

test('a consent shows the fields of the groups it names, timeline included, and tells which', () => {
  const { view, groups, fields } = discloseTo('escorts', consent('identity', 'booking'), facts);
  expect(view!.parts).toEqual({
    person: { name: '林小满', idNumber: 'P1' },
    applicant: null,
    illness: null,
    wish: null,
    carePath: null,
    offer: null,
    opinion: null,
    summary: null,
    firstReview: null,
    verdict: null,
    arrangement: null,
  });
  expect(view!.events.map(({ type, payload, milestones }) => [type, payload, milestones])).toEqual([
    ['offerSlot', { visitOn: '2026-11-20' }, ['slot-offered']],
  ]);
  expect([view!.form, view!.papers, view!.messages]).toEqual([{}, [], []]);
  expect(groups).toEqual(['booking', 'identity']);
  expect(fields).toEqual(['offerSlot.visitOn', 'person.idNumber', 'person.name', 'timeline.slot-offered']);
});

test('a paper whose kind has a group of its own is shown by that group, not with the papers', () => {
  const papers = [...facts.papers, { id: 'p2', kind: 'report', verdict: 'accepted', group: 'opinion' as const }];
  const shown = (...fields: FieldGroup[]) =>
    discloseTo('escorts', consent(...fields), { ...facts, papers }).view!.papers.map(({ id }) => id);
  expect(shown('papers')).toEqual(['p1']);
  expect(shown('opinion')).toEqual(['p2']);
});

test('under a consent to every group, what has no group or is internal still leaves nowhere', () => {
  const { view } = discloseTo('escorts', consent(...FIELD_GROUPS), facts);
  const shown = JSON.stringify(view);
  for (const secret of [
    '满满',
    'mainlandCitizen',
    'preExisting',
    'diary',
    'note',
    'unheard',
    'constructor',
    'died',
    'addNote',
    '"request":{',
  ])
    expect(shown, secret).not.toContain(secret);
  expect(view!.events.map(({ seq }) => seq)).toEqual([1, 2, 4, 5]);
  expect([view!.papers.length, view!.messages.length, view!.form]).toEqual([1, 1, { department: '胸外科' }]);
});

test('every field of every event and request of every released chart has a group', () => {
  const known = [...FIELD_GROUPS, 'internal'];
  for (const released of JOURNEYS) {
    const missing: string[] = [];
    for (const [field, group] of groupsOfRequest(released))
      if (!known.includes(group)) missing.push(`request.${field}`);
    for (const type of Object.keys(released.events)) {
      for (const [field, group] of groupsOfEvent(released, type))
        if (!known.includes(group)) missing.push(`${type}.${field}`);
    }
    expect(missing, `${released.kind}/v${released.version}`).toEqual([]);
  }
});

test('every milestone of every kind has a group, and every group is used', () => {
  const milestones = [...new Set(Object.values(KINDS).flat())];
  expect(milestones.filter((one) => !Object.hasOwn(MILESTONE_GROUPS, one))).toEqual([]);
  expect(Object.keys(MILESTONE_GROUPS).filter((one) => !milestones.includes(one))).toEqual([]);
  const used = new Set<string>([
    ...Object.values(MILESTONE_GROUPS),
    ...Object.values(PART_FIELDS).flatMap((part) => Object.values(part)),
  ]);
  expect(FIELD_GROUPS.filter((group) => group !== 'messages' && !used.has(group))).toEqual([]);
});
