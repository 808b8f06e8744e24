import { type ProblemCode, type ProblemMeaning, problemCodes } from './problem-codes.ts';

export type Language = 'zh' | 'en';
/** Words for a caller: in one language when the place that says them knows it, in both where it does not. */
export type Words = string | Readonly<Record<Language, string>>;

/** One fault of one field: where (JSON pointer into the body) and what to do about it. */
export interface FieldFault {
  readonly pointer: string;
  readonly detail: Words;
  readonly code?: string;
}

export interface ProblemFields {
  /** What happened here and what to do, in the caller's language; holds no health data. */
  readonly detail?: Words;
  readonly pointer?: string;
  /** All faults of the fields when there are several. */
  readonly errors?: readonly FieldFault[];
  /** Why the rules refuse, as in the contract's decisions. */
  readonly reasons?: readonly unknown[];
  /** What the caller may do with the case instead. */
  readonly allowed?: readonly unknown[];
  /** Further members of the document, e.g. `decisionId`. */
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

const wordsIn = (words: Words, language: Language): string => (typeof words === 'string' ? words : words[language]);

/**
 * An answer that is not the wished one, as RFC 9457 says it. A Problem is an expected answer and no fault: it is
 * neither logged as an error nor retried. Anything else that is thrown is a bug.
 */
export class Problem extends Error {
  override name = 'Problem';
  readonly code: ProblemCode;
  readonly status: number;
  /** Seconds, for Retry-After. */
  readonly retryAfter: number | undefined;
  readonly fields: ProblemFields;

  constructor(code: ProblemCode, fields: ProblemFields = {}) {
    super(`${code}${fields.detail === undefined ? '' : `: ${wordsIn(fields.detail, 'en')}`}`, { cause: fields.cause });
    this.code = code;
    const meaning: ProblemMeaning = problemCodes[code];
    this.status = meaning.status;
    this.retryAfter = meaning.retryAfter;
    this.fields = fields;
  }

  /** The body of `application/problem+json`. */
  toDocument(language: Language = 'zh'): Record<string, unknown> {
    const { extra, cause: _cause, detail, errors, ...fields } = this.fields;
    return {
      type: `urn:yilu:problem:${this.code}`,
      title: problemCodes[this.code][language],
      status: this.status,
      code: this.code,
      ...extra,
      ...fields,
      ...(detail === undefined ? {} : { detail: wordsIn(detail, language) }),
      ...(errors && { errors: errors.map((one) => ({ ...one, detail: wordsIn(one.detail, language) })) }),
    };
  }
}

/** An answer that is a refusal and yet keeps what its transaction wrote: a flag for a person, say. */
export class KeptProblem extends Problem {
  override name = 'KeptProblem';
}

/** A rule of plan or journey says no (409): always with the reasons or with what is allowed instead. */
export class Refused extends Problem {
  override name = 'Refused';

  constructor(code: 'refused' | 'not-possible-now' | 'stale' | 'conflict', fields: ProblemFields) {
    super(code, fields);
  }
}
