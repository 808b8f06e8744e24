/** Plays people through the program's own HTTP interface: sign-in, requests, events and uploads, as a browser would. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { CaseView, CreatedCase, RequestForm } from '#contract/cases.ts';
import type { App } from '#server/app.ts';
import { type Persona, rightAnswers } from './people.ts';

type Created = z.infer<typeof CreatedCase>;
export type Answer = { status: number; body: unknown };

/** One person at a browser; the cookie is kept as a browser keeps it. */
export class Player {
  #cookie = '';
  readonly #app: App;
  readonly #host: string;

  constructor(app: App, host: string) {
    this.#app = app;
    this.#host = host;
  }

  /** What a browser would send along, for what is not asked through `send`: a socket. */
  get cookie(): string {
    return this.#cookie;
  }

  async send(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await this.#app.inject({
      method,
      url: `/api${path}`,
      headers: {
        host: this.#host,
        cookie: this.#cookie,
        ...(method === 'POST' && !headers['idempotency-key'] ? { 'idempotency-key': randomUUID() } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    const set = response.headers['set-cookie'];
    const fresh = (Array.isArray(set) ? set : set ? [set] : []).map((one) => one.split(';')[0]);
    if (fresh.length > 0) this.#cookie = fresh.join('; ');
    const isJson = String(response.headers['content-type']).includes('json');
    return { status: response.statusCode, body: isJson ? JSON.parse(response.body) : response.body || null };
  }

  /** The status of something that is no JSON: a paper. */
  async raw(path: string): Promise<number> {
    const headers = { host: this.#host, cookie: this.#cookie };
    return (await this.#app.inject({ method: 'GET', url: `/api${path}`, headers })).statusCode;
  }

  /** Like `send`, for what must work: a story that cannot be told is a fault of the program. */
  async must<T>(
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T> {
    return taken<T>(`${method} ${path}`, await this.send(method, path, body, headers));
  }

  signIn(account: string): Promise<unknown> {
    return this.must('POST', '/sandbox/sign-in', { account });
  }

  async upload(personId: string, kind: string, picture: Buffer, name = `${kind}.png`): Promise<string> {
    const { payload, type } = multipart({ personId, kind }, picture, name);
    return (await this.must<{ id: string }>('POST', '/papers', payload, { 'content-type': type })).id;
  }

  /** Uploads straight into a case, as its own event; the answer may be a refusal. */
  tryAttach(caseId: string, kind: string, picture: Buffer, name = `${kind}.png`): Promise<Answer> {
    const { payload, type } = multipart({ kind }, picture, name);
    return this.send('POST', `/cases/${caseId}/papers`, payload, { 'content-type': type });
  }

  /** Like `tryAttach`, for what must work. */
  async attach(caseId: string, kind: string, picture: Buffer, name = `${kind}.png`): Promise<void> {
    taken(`The upload to /cases/${caseId}/papers`, await this.tryAttach(caseId, kind, picture, name));
  }

  /** Hands a file in that is no paper, e.g. invoices. */
  async sendFile(path: string, file: Buffer, name: string): Promise<Answer> {
    const { payload, type } = multipart({}, file, name);
    return this.send('POST', path, payload, { 'content-type': type });
  }

  /** The bytes behind an address. */
  async file(path: string): Promise<Buffer> {
    const response = await this.#app.inject({
      method: 'GET',
      url: `/api${path}`,
      headers: { host: this.#host, cookie: this.#cookie },
    });
    if (response.statusCode !== 200) throw new Error(`GET ${path} answered ${response.statusCode}`);
    return response.rawPayload;
  }

  async case(id: string): Promise<z.infer<typeof CaseView>> {
    return this.must('GET', `/cases/${id}`);
  }

  /** Sends one event on the version the case has now. */
  async event(id: string, type: string, payload: Record<string, unknown> = {}): Promise<z.infer<typeof CaseView>> {
    const { version } = await this.case(id);
    return this.must('POST', `/cases/${id}/events`, { type, version, ...payload });
  }

  /** Sends events one after the other, each on the version that the answer before told; reads the case once. */
  async events(id: string, sent: readonly [type: string, payload?: Record<string, unknown>][]): Promise<void> {
    let { version } = await this.case(id);
    for (const [type, payload] of sent)
      ({ version } = await this.must<{ version: number }>('POST', `/cases/${id}/events`, {
        type,
        version,
        ...payload,
      }));
  }

  form(service: string, policyId: string, personId: string): Promise<z.infer<typeof RequestForm>> {
    return this.must('GET', `/services/${service}/form?policyId=${policyId}&personId=${personId}`);
  }

  request(body: Record<string, unknown>): Promise<Created> {
    return this.must('POST', '/cases', body);
  }
}

/** The desk hears three right answers of a caller. */
export async function passCheck(desk: Player, caller: Persona, personId: string): Promise<void> {
  const { id } = await desk.must<{ id: string }>('POST', '/desk/checks', { personId });
  const answers = rightAnswers(caller);
  const { state } = await desk.must<{ state: string }>('POST', `/desk/checks/${id}/answers`, { answers });
  if (state !== 'passed') throw new Error(`The check is ${state}`);
}

/** What was answered. @throws Error with the refusal */
function taken<T>(what: string, answer: Answer): T {
  if (answer.status >= 300) {
    const { code, problems, reasons, detail } = (answer.body ?? {}) as Record<string, unknown>;
    throw new Error(
      `${what} answered ${answer.status}: ${JSON.stringify({ code, detail, problems, rules: (reasons as { rule: string }[] | undefined)?.map(({ rule }) => rule) })}`,
    );
  }
  return answer.body as T;
}

const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  pdf: 'application/pdf',
  zip: 'application/zip',
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A form with one file, as a browser sends it: fields first, the file last. */
function multipart(fields: Record<string, string>, file: Buffer, name: string): { payload: Buffer; type: string } {
  const boundary = `----yilu${randomUUID()}`;
  const parts = Object.entries(fields).map(
    ([field, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  );
  const kind = TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'image/png';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${kind}\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(parts.join('') + head), file, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { payload, type: `multipart/form-data; boundary=${boundary}` };
}
