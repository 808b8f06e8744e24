import { expect, test } from 'vitest';
import { checkRoles, explainRoleFault } from './roles.ts';

test('staff may hold several working roles', () => {
  expect(checkRoles(['reviewer', 'supervisor'], null)).toEqual([]);
  expect(checkRoles(['administrator', 'plan-administrator'], null)).toEqual([]);
});
test('an administrator sees no health data and no auditor audits herself', () => {
  expect(checkRoles(['administrator', 'reviewer'], null)).toEqual(['administrator-sees-no-health']);
  expect(checkRoles(['auditor', 'operations'], null)).toEqual(['auditor-stands-alone']);
});
test('provider staff have a company and nothing else', () => {
  expect(checkRoles(['provider'], 'acme')).toEqual([]);
  expect(checkRoles(['provider'], null)).toEqual(['provider-needs-company']);
  expect(checkRoles(['reviewer'], 'acme')).toEqual(['provider-needs-company']);
  expect(checkRoles(['provider', 'reviewer'], 'acme')).toEqual(['provider-stands-alone']);
});
test('members are made by signing in', () => {
  expect(checkRoles(['member'], null)).toEqual(['member-is-no-staff']);
  expect(explainRoleFault('member-is-no-staff', 'en')).toMatch('signing in');
});
