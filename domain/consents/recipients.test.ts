import { expect, test } from 'vitest';
import type { Plan } from '../plan/schema.ts';
import { mayReceive, type ServedCase } from './recipients.ts';

const provider = (code: string) => ({ code, name: { zh: code, en: code }, clause: '1' });
const rule = (to: string, purpose: string) => ({ to, purpose, text: purpose });
const plan = {
  providers: ['company', 'other-company', 'lab', 'doctor'].map(provider),
  informedConsents: [{ laboratory: 'lab' }],
  services: {
    test: { consents: [rule('provider', 'test'), rule('laboratory', 'test-lab'), rule('doctor', 'test-doctor')] },
    opinion: { provider: { default: 'company' }, consents: [rule('provider', 'opinion'), rule('expert', 'expert')] },
  },
} as unknown as Plan;
const tested: ServedCase = { service: 'test', laboratory: 'lab', expert: null, pharmacy: null, panel: [] };
const booked: ServedCase = { service: 'opinion', laboratory: null, expert: 'her', pharmacy: null, panel: [] };
const takes = (served: ServedCase | null, purpose: string) =>
  ['company', 'other-company', 'lab', 'doctor', 'her', 'stranger'].filter((one) =>
    mayReceive(plan, purpose, one, served),
  );

test('[2.6.5.2.3] a provider’s text is for the companies of the plan, not for whoever has a text of her own', () => {
  expect(takes(tested, 'test')).toEqual(['company', 'other-company']);
  expect(takes(null, 'test')).toEqual(['company', 'other-company']);
  expect(takes(booked, 'opinion')).toEqual(['company', 'other-company']);
});

test('[2.4.1.6] the attending doctor receives the report under the text that says so and under no other', () => {
  expect(takes(tested, 'test-doctor')).toEqual(['doctor']);
});

test('laboratory and expert are those of the case', () => {
  expect(takes(tested, 'test-lab')).toEqual(['lab']);
  expect(takes({ ...tested, laboratory: null }, 'test-lab')).toEqual([]);
  expect(takes(booked, 'expert')).toEqual(['her']);
  expect(takes(null, 'expert')).toEqual([]);
});

test('a case takes the texts of its own service only', () => {
  expect(takes(tested, 'opinion')).toEqual([]);
  expect(takes(booked, 'test')).toEqual([]);
});
