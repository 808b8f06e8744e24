import { getLocale } from './paraglide/runtime.js';
import type { ProblemDocument } from './types.ts';

/** An answer of the server that is not a success: a refusal, a conflict, a fault of the input. `code` is stable. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly document: ProblemDocument;
  constructor(document: ProblemDocument) {
    super(document.detail ?? document.title);
    this.name = 'ApiProblem';
    this.status = document.status;
    this.code = document.code;
    this.document = document;
  }
}

/** The server could not be reached, or answered that it cannot serve now; the same call may be made again. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super('unreachable', { cause });
    this.name = 'Unreachable';
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;
type Method = 'GET' | 'POST' | 'DELETE';

/** The path with a query string; empty values are left out. */
export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') search.set(name, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** A fresh Idempotency-Key (UUID v4). `randomUUID` is missing on plain http, so the bytes are drawn here. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** GET a JSON document; 4xx throws ApiProblem, no answer or 502-504 throws Unreachable. */
export function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return send<T>('GET', withQuery(path, query), {}, signal);
}

/**
 * POST JSON, once. One key belongs to one action of the user: pass the same key again when the outcome is unknown, and it
 * is not done twice (use-action.ts does). Nothing but reading is repeated unasked: not every change knows its key again.
 */
export function post<T>(path: string, body: unknown = {}, key: string = newKey()): Promise<T> {
  return send<T>('POST', path, { 'Idempotency-Key': key }, undefined, body);
}

/** DELETE is idempotent by itself. */
export function remove<T = void>(path: string): Promise<T> {
  return send<T>('DELETE', path, {});
}

async function send<T>(
  method: Method,
  path: string,
  headers: Record<string, string>,
  signal?: AbortSignal,
  body?: unknown,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: {
        Accept: 'application/json',
        'Accept-Language': getLocale(),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      credentials: 'same-origin',
      ...(signal ? { signal } : {}),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Unreachable(error);
  }
  const text = await response.text();
  return answer<T>(response.status, text);
}

function answer<T>(status: number, text: string): T {
  if (status >= 200 && status < 300) return (text ? JSON.parse(text) : undefined) as T;
  if (status >= 502 && status <= 504) throw new Unreachable();
  const document = readProblem(text);
  if (document) throw new ApiProblem(document);
  throw new ApiProblem({ type: 'about:blank', title: '', status, code: `http-${status}` });
}

function readProblem(text: string): ProblemDocument | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (value && typeof value === 'object' && 'code' in value && 'status' in value) return withProblems(value);
  } catch {
    // A proxy's page instead of a problem document: the caller gets one made from the status.
  }
  return undefined;
}

/** Faults of fields come as `problems` or, as RFC 9457 has it in its example, as `errors`; the pages know `problems`. */
function withProblems(value: object): ProblemDocument {
  const document = value as ProblemDocument & { errors?: { pointer: string; detail: string }[] };
  if (document.problems || !Array.isArray(document.errors)) return document;
  return { ...document, problems: document.errors.map(({ pointer, detail }) => ({ pointer, message: detail })) };
}

/** POST multipart with progress (0…1). */
export function upload<T>(
  path: string,
  fields: Record<string, string | Blob>,
  options: { key?: string; onProgress?: (part: number) => void; signal?: AbortSignal } = {},
): Promise<T> {
  const data = new FormData();
  // The file comes last: the server streams it and knows by then whose and what it is.
  const names = Object.keys(fields).sort(
    (a, b) => Number(fields[a] instanceof Blob) - Number(fields[b] instanceof Blob),
  );
  for (const name of names) data.append(name, fields[name]!);
  return transmit<T>(path, data, { 'Idempotency-Key': options.key ?? newKey() }, options.onProgress, options.signal);
}

/** POST bytes with their SHA-256 (RFC 9530) and progress (0…1): one part of a file. */
export function sendBytes(
  path: string,
  bytes: Blob,
  sha256: Uint8Array,
  onProgress: (part: number) => void,
): Promise<void> {
  const digest = btoa(Array.from(sha256, (byte) => String.fromCharCode(byte)).join(''));
  const headers = { 'Content-Type': 'application/octet-stream', 'Content-Digest': `sha-256=:${digest}:` };
  return transmit<void>(path, bytes, headers, onProgress);
}

/** XMLHttpRequest, because fetch tells nothing of an upload's progress. */
function transmit<T>(
  path: string,
  data: FormData | Blob,
  headers: Record<string, string>,
  onProgress?: (part: number) => void,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    for (const [name, value] of Object.entries({
      Accept: 'application/json',
      'Accept-Language': getLocale(),
      ...headers,
    }))
      request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    };
    request.onload = () => {
      try {
        resolve(answer<T>(request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () => reject(new Unreachable());
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(data);
  });
}
