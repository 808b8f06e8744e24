/** What the hotline asks a caller, and whether what was typed matches the file. */
export const DESK_QUESTIONS = [
  'policy-holder-name',
  'effective-day',
  'policy-number',
  'born-on',
  'id-last-six',
  'phone-on-file',
] as const;
export type DeskQuestion = (typeof DESK_QUESTIONS)[number];

/** Questions asked of a caller, and how many must match. */
export const ASKED = 5;
export const NEEDED = 3;
/** Failed rounds of one file on one business day until it is locked for the day. */
export const FAILURES_TO_LOCK = 3;

/** What the file says. A list: any of them is right (a person may have several policies). */
export type DeskFacts = { readonly [question in DeskQuestion]: readonly string[] };

/** The questions this file can answer, at most five; what only a stranger to the file lacks comes first. */
export function chooseQuestions(facts: DeskFacts): DeskQuestion[] {
  return DESK_QUESTIONS.filter((question) => facts[question].length > 0).slice(0, ASKED);
}

/** Does the answer match the file? Case, spaces, full width and the prefix of a phone do not matter; nothing else is forgiven. */
export function matchesAnswer(question: DeskQuestion, answer: string, facts: DeskFacts): boolean {
  const given = normaliseAnswer(question, answer);
  return given !== '' && facts[question].some((fact) => normaliseAnswer(question, fact) === given);
}

function normaliseAnswer(question: DeskQuestion, text: string): string {
  const plain = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  switch (question) {
    case 'phone-on-file':
      return plain.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '');
    case 'born-on':
    case 'effective-day':
      return plain.replace(/\D/g, '');
    case 'id-last-six':
      return plain.slice(-6).length === 6 ? plain.slice(-6) : '';
    default:
      return plain.replace(/[•・‧∙⋅.]/g, '·');
  }
}

/** After a round: what has matched so far, and what that makes of the check. A pass outweighs a wrong answer. */
export function judgeRound(
  matchedBefore: readonly string[],
  round: readonly { code: string; match: boolean }[],
): { matched: string[]; verdict: 'passed' | 'asking' | 'failure' } {
  const matched = [...new Set([...matchedBefore, ...round.filter((one) => one.match).map((one) => one.code)])];
  if (matched.length >= NEEDED) return { matched, verdict: 'passed' };
  return { matched, verdict: round.some((one) => !one.match) ? 'failure' : 'asking' };
}

const labels: Record<DeskQuestion, { zh: string; en: string; kind: 'text' | 'day' }> = {
  'born-on': { zh: '出生日期', en: 'Date of birth', kind: 'day' },
  'id-last-six': { zh: '证件号码后六位', en: 'Last six of the ID number', kind: 'text' },
  'phone-on-file': { zh: '登记的手机号码', en: 'Phone number on file', kind: 'text' },
  'policy-number': { zh: '保单号', en: 'Policy number', kind: 'text' },
  'effective-day': { zh: '保单生效日', en: 'Day the policy took effect', kind: 'day' },
  'policy-holder-name': { zh: '投保人姓名', en: 'Name of the policyholder', kind: 'text' },
};

/** The question in words, and how it is typed. */
export function describeQuestion(question: DeskQuestion, lang: 'zh' | 'en'): { label: string; kind: 'text' | 'day' } {
  return { label: labels[question][lang], kind: labels[question].kind };
}
