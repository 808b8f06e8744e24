/** Every code that a person of the console may meet has its words in both languages. */
import { describe, expect, test } from 'vitest';
import { ApplicantInput } from '#contract/cases.ts';
import { Role } from '#contract/common.ts';
import { ApprovalView, BREACH_CAUSES } from '#contract/operations.ts';
import { AccountView } from '#contract/people.ts';
import { ANSWER_NORMS } from '#domain/complaints/clocks.ts';
import { COMPLAINT_OUTCOMES } from '#domain/complaints/rules.ts';
import { RULES } from '#domain/eligibility/reasons.ts';
import { JOURNEYS } from '#domain/journeys/registry.ts';
import { LIST_KINDS as LISTS } from '#domain/lists/kinds.ts';
import { APPROVAL_LABELS } from '#domain/operations/approval-words.ts';
import { CODES, DETAIL_LABELS, detailWords, SUBJECTS, subjectWords } from '#domain/operations/audit-words.ts';
import { FIELD_GROUPS } from '#domain/plan/schema.ts';

const HAN = /\p{Script=Han}/u;
const nothing = () => undefined;

/** What an auditor reads for one detail, in both languages. */
const read = (action: string, key: string, value: string) =>
  (['zh', 'en'] as const).map((lang) => detailWords(action, { [key]: value }, nothing, lang)[0]!.value);

const VOCABULARIES: Record<string, [action: string, key: string, codes: readonly string[]]> = {
  'causes of a breach': ['breach.confirmed', 'cause', BREACH_CAUSES],
  roles: ['account.roles-changed', 'from', Role.options],
  'kinds of approval': ['approval.asked', 'kind', ApprovalView.shape.kind.options],
  'outcomes of a complaint': ['complaint.answered', 'verdict', COMPLAINT_OUTCOMES],
  'norms of a complaint': ['complaint.extended', 'promise', ANSWER_NORMS],
  'states of an account': ['account.state-changed', 'to', AccountView.shape.state.options],
  'relations of an applicant': ['case.request', 'relation', ApplicantInput.shape.relation.options],
  imports: ['list.imported', 'kind', [...LISTS, 'policies', 'calendar', 'slots']],
  rules: ['request.refused', 'rules', RULES],
  'groups of fields': ['disclosure.made', 'groups', FIELD_GROUPS],
  'states of a case': ['case.request', 'state', JOURNEYS.flatMap(({ machine }) => Object.keys(machine.states))],
};

describe('codes in the audit', () => {
  for (const [name, [action, key, codes]] of Object.entries(VOCABULARIES))
    test(`${name} have words in both languages`, () => {
      const without = codes.filter((code) => {
        const [zh = '', en = ''] = read(action, key, code);
        return !HAN.test(zh) || HAN.test(en) || en === code;
      });
      expect(without).toEqual([]);
    });

  test('labels, subjects and lone codes are Chinese in Chinese and not in English', () => {
    const texts = Object.entries({ ...DETAIL_LABELS, ...SUBJECTS, ...APPROVAL_LABELS, ...CODES });
    expect(texts.filter(([, { zh, en }]) => !(HAN.test(zh) || zh.includes('CAR-T')) || HAN.test(en))).toEqual([]);
  });

  test('several codes in one detail are each said, an id stays, and what says nothing is left out', () => {
    const details = { roles: 'reviewer,supervisor', event: '0190-a', provider: null, inTime: true };
    expect(detailWords('account.created', details, nothing, 'zh')).toEqual([
      { label: '岗位', value: '医学审核、主管' },
      { label: '事件', value: '0190-a' },
      { label: '按时', value: '是' },
    ]);
    expect(subjectWords('paper:0190-b', 'en')).toBe('Paper 0190-b');
    expect(subjectWords('appeals', 'zh')).toBe('申诉列表');
  });
});
