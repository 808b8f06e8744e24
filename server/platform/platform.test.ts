import { expect, test } from 'vitest';
import { withDatabase } from '#tests/with-database.ts';
import * as clock from './clock.ts';
import { uuidv7 } from './ids.ts';
import { createLogger } from './log.ts';
import { Problem, Refused } from './problem.ts';
import { problemCodes } from './problem-codes.ts';

test('ids are UUIDs of version 7 that sort in the order they were made', () => {
  const ids = Array.from({ length: 20_000 }, () => uuidv7());
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
});

test('[contract 4] the sandbox’s time starts on 2026-11-18 10:00, runs on, and moves only forward', () =>
  withDatabase(async ({ db: { system } }) => {
    await expect(clock.sandboxClock.now(system)).rejects.toThrow('never started');
    await clock.startSandboxClock(system);
    const first = await clock.sandboxClock.now(system);
    expect(first.getTime() - Date.parse('2026-11-18T10:00:00+08:00')).toBeLessThan(2000);
    await new Promise((resolve) => setTimeout(resolve, 15));
    expect((await clock.sandboxClock.now(system)).getTime()).toBeGreaterThan(first.getTime());

    const later = new Date('2026-12-01T09:00:00+08:00');
    await clock.moveSandboxClockTo(system, later);
    await clock.startSandboxClock(system);
    const moved = await clock.sandboxClock.now(system);
    expect(moved.getTime() - later.getTime()).toBeLessThan(2000);
    const back = clock.moveSandboxClockTo(system, new Date('2026-11-30T00:00:00+08:00'));
    await expect(back).rejects.toMatchObject({ code: 'clock-backwards', status: 422 });
  }));

test('a problem is told in the caller’s language, with its reasons', () => {
  const refused = new Refused('refused', {
    reasons: [{ code: 'quota-used', clause: '2.2.9' }],
    extra: { decisionId: '1' },
  });
  expect(refused).toBeInstanceOf(Problem);
  expect(refused.toDocument('en')).toEqual({
    type: 'urn:yilu:problem:refused',
    title: 'The conditions of the service are not met',
    status: 409,
    code: 'refused',
    reasons: [{ code: 'quota-used', clause: '2.2.9' }],
    decisionId: '1',
  });
  expect(refused.toDocument('zh').title).toBe('不符合服务条件');
  const both = new Problem('not-acceptable', {
    detail: { zh: '请选择', en: 'Choose' },
    errors: [
      { pointer: '/until', detail: { zh: '请选择日期', en: 'Choose a day' } },
      { pointer: '/matter', detail: 'as it is' },
    ],
  });
  expect(both.toDocument('zh')).toMatchObject({
    detail: '请选择',
    errors: [{ detail: '请选择日期' }, { detail: 'as it is' }],
  });
  expect(both.toDocument('en')).toMatchObject({
    detail: 'Choose',
    errors: [{ detail: 'Choose a day' }, { detail: 'as it is' }],
  });
  for (const [code, meaning] of Object.entries(problemCodes)) {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(meaning.status).toBeGreaterThanOrEqual(400);
  }
});

test('a log line holds no body, no query string, no value of a failing statement', () =>
  withDatabase(async ({ owner }) => {
    const lines: string[] = [];
    const log = createLogger({ level: 'info', name: 'test' }, { write: (line) => lines.push(line) });
    await owner.query(`insert into insurers (code, name_zh, name_en) values ('demo', '甲', 'A')`);
    const failed = await owner
      .query(`insert into insurers (code, name_zh, name_en) values ('demo', '张三', 'A')`)
      .catch((error) => error);
    log.error({ err: failed }, 'insert failed');
    const cast = await owner.query(`select '13800000000x'::int`).catch((error) => error);
    log.error({ err: cast }, 'cast failed');
    log.info({
      req: {
        id: 1,
        method: 'POST',
        url: '/api/x?phone=13800000000',
        body: { name: '张三' },
        headers: { cookie: 'c0ffee' },
      },
    });
    log.info({ body: { name: '张三' }, phone: '13800000000', person: { name: '张三', idNumber: '1' } });
    const all = lines.join('');
    expect(all).not.toMatch(/张三|13800000000|c0ffee|\(code\)=/);
    expect(all).toContain('"message":"database error 23505"');
    expect(all).toContain('"constraint":"insurers_pkey"');
    expect(all).toContain('"path":"/api/x"');
    expect(all).toContain('[withheld]');
  }));
