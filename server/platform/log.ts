import { type DestinationStream, type Logger, type LoggerOptions, pino, stdSerializers } from 'pino';

export type { Logger } from 'pino';

export interface LogOptions {
  readonly level: string;
  /** Which process speaks: api, worker, migrate. */
  readonly name: string;
}

/**
 * Lines of JSON on standard output (or `destination`). Bodies, headers, query strings and what a failing statement
 * carried never reach it: serializers let through a fixed list of fields, and redaction catches what is passed by hand.
 */
export function createLogger(options: LogOptions, destination?: DestinationStream): Logger {
  const settings = loggerOptions(options);
  return destination ? pino(settings, destination) : pino(settings);
}

/** The same settings for Fastify, which makes its own logger. */
export function loggerOptions(options: LogOptions): LoggerOptions {
  return {
    level: options.level,
    name: options.name,
    base: { pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: redacted, censor: '[withheld]' },
    serializers: {
      req: requestLine,
      res: (res) => ({ status: res.statusCode }),
      err: describeError,
      error: describeError,
    },
  };
}

const personal =
  'body payload note text form name idNumber phone token code password secret cookie authorization values'.split(' ');
const redacted = personal.flatMap((field) => (field === 'name' ? ['*.name'] : [field, `*.${field}`]));

interface RequestLike {
  readonly id?: unknown;
  readonly method?: string;
  readonly url?: string;
}

function requestLine(request: RequestLike): Record<string, unknown> {
  return { id: request.id, method: request.method, path: request.url?.split('?')[0] };
}

/**
 * An error without what it may quote: PostgreSQL puts values into message and detail ("Key (phone)=(…)"), so of a
 * database error only state, table, constraint and the place in our code remain.
 */
export function describeError(error: Error): Record<string, unknown> {
  const { severity, code, table, constraint } = error as Error & Record<string, unknown>;
  if (severity === undefined || typeof code !== 'string') {
    const { type, message, stack } = stdSerializers.err(error);
    return { type, message, stack, code };
  }
  const stack = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
  return { type: 'DatabaseError', message: `database error ${code}`, code, table, constraint, stack };
}
