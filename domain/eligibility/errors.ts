/** A name in a question that nothing answers to. Not a refusal: the caller asked about something that does not exist. */
export type UnknownCode = 'unknown-plan' | 'unknown-service' | 'unknown-promise';

export class UnknownNameError extends Error {
  readonly code: UnknownCode;
  /** The field of the question that held the name. */
  readonly field: 'plan' | 'service' | 'promise';
  readonly value: string;

  constructor(code: UnknownCode, field: 'plan' | 'service' | 'promise', value: string) {
    super(`there is no ${field} "${value}"`);
    this.name = 'UnknownNameError';
    this.code = code;
    this.field = field;
    this.value = value;
  }
}
