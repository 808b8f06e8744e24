export type TimeErrorCode =
  | 'bad-day'
  | 'bad-instant'
  | 'bad-time'
  | 'bad-term'
  | 'bad-hours'
  | 'bad-span'
  | 'bad-calendar'
  | 'bad-norms'
  | 'never-due';

/** A day, moment, term or calendar that cannot be used. `field` is where it stood (`from`, `paused[1].to`), `message` says what to do. */
export class TimeError extends Error {
  readonly code: TimeErrorCode;
  readonly field: string;

  constructor(code: TimeErrorCode, field: string, message: string) {
    super(`${field}: ${message}`);
    this.name = 'TimeError';
    this.code = code;
    this.field = field;
  }
}
