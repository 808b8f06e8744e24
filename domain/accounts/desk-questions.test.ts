import { expect, test } from 'vitest';
import { chooseQuestions, type DeskFacts, judgeRound, matchesAnswer } from './desk-questions.ts';

const facts: DeskFacts = {
  'born-on': ['1980-02-03'],
  'id-last-six': ['11010119800203451X'],
  'phone-on-file': ['13800000001'],
  'policy-number': ['P2025-0001', 'P2026-0009'],
  'effective-day': ['2025-06-01'],
  'policy-holder-name': [],
};

test('five questions at most are asked, and none that the file cannot answer', () => {
  expect(chooseQuestions(facts)).toEqual(['effective-day', 'policy-number', 'born-on', 'id-last-six', 'phone-on-file']);
  expect(chooseQuestions({ ...facts, 'policy-holder-name': ['林某'] })).toHaveLength(5);
  expect(chooseQuestions({ ...facts, 'policy-number': [] })).not.toContain('policy-number');
});
test('an answer matches in any of the usual ways of typing it', () => {
  expect(matchesAnswer('born-on', '19800203', facts)).toBe(true);
  expect(matchesAnswer('id-last-six', '０３４５１x', facts)).toBe(true);
  expect(matchesAnswer('id-last-six', '03451x', facts)).toBe(true);
  expect(matchesAnswer('phone-on-file', '+86 138 0000 0001', facts)).toBe(true);
  expect(matchesAnswer('policy-number', 'p2026-0009 ', facts)).toBe(true);
});
test('a part of an answer, and none, do not match', () => {
  expect(matchesAnswer('policy-number', 'P2025', facts)).toBe(false);
  expect(matchesAnswer('id-last-six', '451X', facts)).toBe(false);
  expect(matchesAnswer('policy-holder-name', '', facts)).toBe(false);
});
test('three matches pass, also beside a wrong answer', () => {
  const round = [true, true, false, true].map((match, index) => ({ code: `q${index}`, match }));
  expect(judgeRound([], round)).toEqual({ matched: ['q0', 'q1', 'q3'], verdict: 'passed' });
});
test('matches add up over rounds; a wrong answer short of three is a failure', () => {
  expect(judgeRound(['a'], [{ code: 'b', match: true }]).verdict).toBe('asking');
  expect(judgeRound(['a'], [{ code: 'b', match: false }]).verdict).toBe('failure');
  expect(judgeRound(['a', 'b'], [{ code: 'b', match: true }]).verdict).toBe('asking');
});
