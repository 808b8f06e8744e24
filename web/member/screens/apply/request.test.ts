import { describe, expect, test } from 'vitest';
import { readFields } from '../../../shared/form/fields.ts';
import type { RequestForm } from '../../../shared/types.ts';
import { emptyDraft } from './draft.ts';
import { consentsOf, stepsOf, toRequest } from './request.ts';

const form = {
  illnesses: [],
  papers: [{ kind: 'pathology' }, { kind: 'imaging' }],
  consents: [
    { recipient: 'p1', purpose: 'booking', textVersion: 2, items: null },
    { recipient: 'p2', purpose: 'visit', textVersion: 1, items: ['expert'] },
  ],
  notices: [{ id: 'n1', version: 3 }],
} as unknown as RequestForm;
const fields = readFields({ properties: { hospital: { type: 'string', 'x-ref': 'list:hospitals' } } }, 'en');
const place = { service: 's', policyId: 'p', personId: 'q' };

describe('an application', () => {
  test('has the steps that its form asks something in', () => {
    expect(stepsOf(form, fields, true)).toEqual(['illness', 'wishes', 'papers', 'consent', 'review']);
    expect(stepsOf({ ...form, illnesses: null, papers: [], consents: [], notices: [] }, [], true)).toEqual(['review']);
    expect(stepsOf({ ...form, illnesses: null, papers: [], consents: [], notices: [] }, [], false)).toEqual([
      'illness',
      'review',
    ]);
  });

  test('asks for the consents of the item that is chosen, and for those of every item', () => {
    const asked = (item: string) => consentsOf(form, { values: { item } }).map(({ recipient }) => recipient);
    expect([asked('claim'), asked('expert')]).toEqual([['p1'], ['p1', 'p2']]);
  });

  test('sends only what was handed in, agreed to and read, with its versions', () => {
    const draft = emptyDraft(true);
    draft.illness = { code: 'c50', first: true, days: { diagnosedOn: '2026-01-10' } };
    draft.papers = { pathology: { id: 'x1', fileName: 'a.jpg', kindName: '' } };
    draft.consents = ['p1/booking'];
    expect(toRequest(place, form, fields, draft)).toEqual({
      ...place,
      applicant: { relation: 'self', proofs: [] },
      illness: { code: 'c50', first: true, diagnosedOn: '2026-01-10' },
      form: {},
      papers: [{ kind: 'pathology', paperId: 'x1' }],
      consents: [{ recipient: 'p1', purpose: 'booking', textVersion: 2 }],
      acknowledged: [],
    });
  });

  test("carries a guardian's proofs, and no proof of another relation", () => {
    const draft = emptyDraft(false);
    draft.relation = 'guardian';
    draft.papers = {
      guardianship: { id: 'g', fileName: '', kindName: '' },
      minority: { id: 'm', fileName: '', kindName: '' },
      authorisation: { id: 'a', fileName: '', kindName: '' },
    };
    expect(toRequest(place, form, fields, draft).applicant?.proofs).toEqual([
      { kind: 'guardianship', paperId: 'g' },
      { kind: 'minority', paperId: 'm' },
    ]);
  });
});
