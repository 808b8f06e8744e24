import { expect, test } from 'vitest';
import type { Plan, Service } from '../plan/schema.ts';
import { claimedType, findPaperLimits, unfitPaper } from './limits.ts';
import { type CasePaperFact, missingPapers, type PaperCircumstances, paperNeeds } from './needs.ts';

const text = { zh: '证明', en: 'proof' };
const service = {
  clause: '2.2',
  illness: { kind: { is: 'critical-illness', clause: '2.2.3' } },
  papers: [
    { kind: 'diagnosis', required: 'always', before: 'accepted', why: text, clause: '2.2.3.4' },
    { kind: 'pathology', required: 'no', why: text, clause: '2.2.3.4' },
    { kind: 'guardianship', required: 'guardian', why: text, clause: 'S.1' },
    { kind: 'minority', required: 'guardian', why: text, clause: 'S.1' },
    { kind: 'incapacity', required: 'guardian', why: text, clause: 'S.1' },
    { kind: 'authorisation', required: 'agent', why: text, clause: 'S.1' },
    { kind: 'visit-record', required: 'after-visit', why: text, clause: '2.2.9' },
  ],
} as unknown as Service;
const none: PaperCircumstances = { guardian: false, agent: false, afterVisit: false };
const missing = (papers: string, more: Partial<PaperCircumstances> = {}) =>
  missingPapers(
    service,
    papers
      .split(' ')
      .filter(Boolean)
      .map((one) => ({ kind: one.split(':')[0]!, verdict: one.split(':')[1] as CasePaperFact['verdict'] })),
    { ...none, ...more },
  ).join(' ');

test('what a case needs follows from who acts, how far it is, the illness and what was asked for', () => {
  expect(missing('')).toBe('diagnosis');
  expect(missing('', { guardian: true })).toBe('diagnosis guardianship');
  expect(missing('guardianship:received minority:received', { guardian: true, proofs: ['minority'] })).toBe(
    'diagnosis',
  );
  expect(missing('guardianship:accepted minority:rejected', { guardian: true, proofs: ['minority'] })).toBe(
    'diagnosis minority',
  );
  expect(missing('', { agent: true, afterVisit: true })).toBe('diagnosis authorisation visit-record');
  expect(missing('', { evidence: ['diagnosis', 'pathology'] })).toBe('diagnosis pathology');
  expect(missing('diagnosis:accepted', { asked: ['examination'] })).toBe('examination');
});

test('a paper counts from its arrival until it is rejected or replaced', () => {
  expect(missing('diagnosis:received')).toBe('');
  expect(missing('diagnosis:accepted')).toBe('');
  expect(missing('diagnosis:rejected')).toBe('diagnosis');
  expect(missing('diagnosis:replaced diagnosis:rejected')).toBe('diagnosis');
  expect(missing('diagnosis:replaced diagnosis:received')).toBe('');
  expect(paperNeeds(service, [{ kind: 'diagnosis', verdict: 'received' }], none)[0]).toMatchObject({
    missing: false,
    unverified: true,
    before: 'accepted',
  });
});

test('a row that becomes required through the illness keeps its place and tells the clause of the illness', () => {
  const needs = paperNeeds(service, [], { ...none, evidence: ['pathology'] });
  expect(needs.map((need) => need.kind)).toEqual([
    'diagnosis',
    'pathology',
    'guardianship',
    'minority',
    'incapacity',
    'authorisation',
    'visit-record',
  ]);
  expect(needs[1]).toMatchObject({ required: true, missing: true, clause: '2.2.3' });
});

test('[2.5.2.3] what is gathered later in the case is not missing before, unless the reviewer asks for it', () => {
  const gathering = {
    ...service,
    papers: [
      { kind: 'pathology', required: 'always', before: 'papers-complete', why: text, clause: '2.5.2.3' },
      { kind: 'guardianship', required: 'guardian', before: 'accepted', why: text, clause: 'S.1' },
    ],
  } as unknown as Service;
  const early = { ...none, guardian: true, later: ['papers-complete'] };
  expect(missingPapers(gathering, [], early)).toEqual(['guardianship']);
  expect(missingPapers(gathering, [], { ...early, asked: ['pathology'] })).toEqual(['pathology', 'guardianship']);
  expect(missingPapers(gathering, [], { ...early, later: [] })).toEqual(['pathology', 'guardianship']);
  const listed = { ...early, gathered: { kinds: ['examination'], before: 'papers-complete' } };
  expect(missingPapers(gathering, [], listed)).toEqual(['guardianship']);
  expect(missingPapers(gathering, [], { ...listed, later: [] })).toEqual(['pathology', 'guardianship', 'examination']);
});

test('a paper of the person is bounded by her most generous plan', () => {
  const plan = (formats: string[], maxBytes: number, maxPages: number) =>
    ({ paperKinds: [{ kind: 'diagnosis', formats, maxBytes, maxPages }] }) as unknown as Plan;
  const limits = findPaperLimits([plan(['pdf'], 100, 5), plan(['jpg'], 300, 2)], 'diagnosis')!;
  expect(limits).toEqual({ formats: ['jpg', 'pdf'], maxBytes: 300, maxPages: 5 });
  expect(findPaperLimits([plan(['pdf'], 100, 5)], 'horoscope')).toBeUndefined();
  expect(unfitPaper(limits, { type: 'png', bytes: 1, pages: 1 })).toBe('format');
  expect(unfitPaper(limits, { type: 'jpg', bytes: 301, pages: 1 })).toBe('bytes');
  expect(unfitPaper(limits, { type: 'pdf', bytes: 300, pages: 6 })).toBe('pages');
  expect(unfitPaper(limits, { type: 'pdf', bytes: 300, pages: 5 })).toBeUndefined();
});

test('name and media type may claim one of our types, contradict each other, or claim nothing', () => {
  expect(claimedType('诊断.JPEG', 'image/jpeg')).toBe('jpg');
  expect(claimedType('x', 'application/pdf; charset=binary')).toBe('pdf');
  expect(claimedType('IMG_1.HEIC', 'application/octet-stream')).toBeUndefined();
  expect(claimedType('a.pdf', 'image/png')).toBe('contradiction');
});
