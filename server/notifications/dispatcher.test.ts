import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findTemplate, TEMPLATE_CODES } from '#domain/messages/templates.ts';
import { recordPersonFact } from '#server/persons/facts.ts';
import { openFor } from '#server/persons/seal.ts';
import { openTestDatabase, type TestDatabase } from '#tests/with-database.ts';
import type { InboxText } from './deliver.ts';
import { dispatchBatch, drainMessages, handOver } from './dispatcher.ts';
import { type Ground, MORNING, NIGHT, openGround } from './ground.test-helper.ts';
import { sendDelivery, sendOutside } from './outside.ts';
import { listServiceWords } from './plan-words.test-helper.ts';

let database: TestDatabase;
let ground: Ground;
let n = 0;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  ground = await openGround(database, `m${++n}`);
});

type Inbox = { id: string; owner_id: string; sealed: Buffer; sealed_for: string | null };
const inbox = () => ground.rows<Inbox>('select id, owner_id, sealed, sealed_for from inbox_messages order by id');
const deliveries = () =>
  ground.rows<{ id: string; state: string; last_error: string | null; attempts: number; job_id: string }>(
    'select id, state, last_error, attempts, job_id from deliveries order by id',
  );
const shown = async () => (await ground.rows<{ n: number }>('select count(*)::int as n from sandbox_outside'))[0]!.n;
const textOf = async (row: Inbox) =>
  await openFor<InboxText>(ground.ctx.pool, ground.ctx, row.sealed_for!, 'inbox_messages', row.id, row.sealed);

describe('what a case says', () => {
  test('[N.1] reaches the member in both languages with the words of the case, sealed under her key', async () => {
    const personId = await ground.person();
    const manager = await ground.staff(['case-manager'], '王静');
    const { caseId, eventId } = await ground.openCase(personId, manager);
    await ground.queue({ template: 'accepted', to: { personId }, caseId, key: `${eventId}/0` });
    await ground.queue({ template: 'refused', to: { personId }, caseId, key: `${eventId}/1` });
    await drainMessages(ground.ctx);
    const [accepted, refused] = await Promise.all((await inbox()).map(textOf));
    expect(accepted!.zh.body).toMatch(/^林小满的“重疾门诊绿通”申请已通过核实，编号 MZ-\w+。接下来：审核人员/);
    expect(accepted!.zh.body).toContain('由王静办理，2026年11月18日（周三）11:00前告诉您');
    expect(accepted!.en.body).toContain('Wednesday 18 Nov 2026, 11:00');
    expect(refused!.zh.body).toContain('病理报告不能说明诊断');
    expect(accepted!.zh.body + refused!.zh.body).not.toContain('待定');
    const plain = JSON.stringify(await ground.rows('select template, params, unique_key, last_error from outbox'));
    expect(plain).not.toMatch(/林小满|138/);
  });

  test('goes to everyone at the desk of a role or of a provider, and to no other', async () => {
    const [one, two] = [await ground.staff(['supervisor'], '甲'), await ground.staff(['reviewer', 'supervisor'], '乙')];
    await ground.staff(['reviewer'], '丙');
    const provider = await ground.staff(['provider'], '丁', 'sample-provider');
    await ground.staff(['provider'], '戊', 'other-provider');
    const { caseId } = await ground.openCase(await ground.person(), null);
    await ground.queue({ template: 'provider-silent', to: { role: 'supervisor' }, caseId });
    await ground.queue({ template: 'case-for-provider', to: { provider: 'sample-provider' }, caseId });
    await drainMessages(ground.ctx);
    expect((await inbox()).map((row) => row.owner_id).toSorted()).toEqual([one, two, provider].toSorted());
    expect(await deliveries()).toEqual([]);
  });

  test('[contract 3] of another adult’s case an applicant without her delegation hears nothing', async () => {
    const stranger = await ground.person('赵一', '13800000002');
    const { caseId } = await ground.openCase(await ground.person(), null);
    await ground.queue({ template: 'accepted', to: { personId: stranger }, caseId });
    await drainMessages(ground.ctx);
    expect(await inbox()).toEqual([]);
  });
});

describe('once', () => {
  test('a message queued twice under one key is one message', async () => {
    const personId = await ground.person();
    for (let i = 0; i < 2; i++) await ground.queue({ to: { personId }, key: 'event/0' });
    expect(await drainMessages(ground.ctx)).toBe(1);
    expect(await inbox()).toHaveLength(1);
  });

  test('two dispatchers at work on the same outbox tell everything once', async () => {
    const personId = await ground.person();
    for (let i = 0; i < 60; i++) await ground.queue({ to: { personId }, key: `event/${i}` });
    await Promise.all(
      [1, 2, 3].map(async () => {
        while ((await dispatchBatch(ground.ctx, 7)) > 0);
      }),
    );
    await Promise.all([drainMessages(ground.ctx), drainMessages(ground.ctx)]);
    expect(await inbox()).toHaveLength(60);
    expect(await shown()).toBe(60);
  });

  test('a row held by another dispatcher is passed over, and draining waits for it', async () => {
    const personId = await ground.person();
    await ground.queue({ to: { personId } });
    const other = await ground.ctx.pool.connect();
    await other.query('begin');
    await other.query('select id from outbox for update');
    expect(await dispatchBatch(ground.ctx)).toBe(0);
    const draining = drainMessages(ground.ctx);
    await new Promise((resolve) => setTimeout(resolve, 60));
    await other.query('rollback');
    other.release();
    expect(await draining).toBe(1);
    expect(await inbox()).toHaveLength(1);
  });

  test('a dispatcher killed before its commit has told nothing; the next one tells it once', async () => {
    const personId = await ground.person();
    await ground.queue({ to: { personId } });
    const killed = { ...ground.ctx, clock: { now: () => Promise.reject(new Error('killed')) } };
    await expect(dispatchBatch(killed)).rejects.toThrow('killed');
    expect(await inbox()).toEqual([]);
    await drainMessages(ground.ctx);
    expect(await inbox()).toHaveLength(1);
  });

  test('killed between pg-boss and its own commit, the delivery is handed over again as the same job', async () => {
    await ground.queue({ to: { personId: await ground.person() } });
    await dispatchBatch(ground.ctx);
    const handed: string[] = [];
    const boss = (fail: boolean) => ({
      insert: async (_: string, jobs: { id?: string }[]) => {
        handed.push(...jobs.map(({ id }) => id!));
        if (fail) throw new Error('killed');
        return null;
      },
    });
    await expect(handOver(ground.ctx, boss(true))).rejects.toThrow('killed');
    expect(await handOver(ground.ctx, boss(false))).toBe(1);
    expect(await handOver(ground.ctx, boss(false))).toBe(0);
    expect(new Set(handed).size).toBe(1);
    expect((await deliveries())[0]!.state).toBe('queued');
  });

  test('killed after the gateway took it, it is sent again under the same key and shown once', async () => {
    await ground.queue({ to: { personId: await ground.person() } });
    await dispatchBatch(ground.ctx);
    const { id } = (await deliveries())[0]!;
    const { send } = ground.ctx.sms;
    const killed = ground.withSms({
      outcome: 'shown',
      send: async (message) => {
        await send(message);
        throw new Error('killed');
      },
    });
    await expect(sendDelivery(killed, id)).rejects.toThrow('killed');
    expect(await sendDelivery(ground.ctx, id)).toBe('done');
    expect(await sendDelivery(ground.ctx, id)).toBe('done');
    expect(await shown()).toBe(1);
    expect(await deliveries()).toMatchObject([{ state: 'shown', attempts: 2 }]);
  });

  test('a message that cannot be written takes no other with it, and is tried again later', async () => {
    const personId = await ground.person();
    await ground.queue({ to: { personId }, key: 'bad/0' });
    await ground.queue({ to: { personId }, key: 'good/0' });
    await ground.rows(`update outbox set template = 'no-such' where unique_key = 'message/bad/0'`);
    await drainMessages(ground.ctx);
    expect(await inbox()).toHaveLength(1);
    const [bad] = await ground.rows<Record<string, unknown>>(
      `select attempts, last_error, next_try_at > now() as later, done_at from outbox where template = 'no-such'`,
    );
    expect(bad).toEqual({ attempts: 1, last_error: 'Error', later: true, done_at: null });
  });

  test('a recipient that is not exactly one, or an unknown template, is a fault of the caller', async () => {
    await expect(ground.queue({ to: {} })).rejects.toThrow('give exactly one');
    await expect(ground.queue({ to: { role: 'reviewer', provider: 'x' } })).rejects.toThrow('give exactly one');
    await expect(ground.queue({ to: { role: 'reviewer' }, template: 'no-such' })).rejects.toThrow('no-such');
  });
});

describe('outside the house', () => {
  test('at night only an urgent message goes; the other waits for 8:00', async () => {
    ground.clock.moveTo(NIGHT);
    const personId = await ground.person();
    await ground.queue({ to: { personId }, urgent: true });
    await ground.queue({ to: { personId } });
    await drainMessages(ground.ctx);
    expect((await deliveries()).map(({ state }) => state)).toEqual(['shown', 'waiting']);
    expect(await inbox()).toHaveLength(2);

    const timers = await ground.rows<{ kind: string; due_at: Date; subject: string }>(
      'select kind, due_at, subject from timers',
    );
    expect(timers).toEqual([
      { kind: 'send-outside', due_at: new Date('2026-11-19T08:00:00+08:00'), subject: (await deliveries())[1]!.id },
    ]);
    ground.clock.moveTo(timers[0]!.due_at);
    await sendOutside(ground.ctx, ground.ctx.pool, {
      id: '',
      key: '',
      data: {},
      kind: 'send-outside',
      subject: timers[0]!.subject,
      dueAt: timers[0]!.due_at,
    });
    await drainMessages(ground.ctx);
    expect((await deliveries()).map(({ state }) => state)).toEqual(['shown', 'shown']);
  });

  test('a message that was ready before 21:00 and is only tried after it waits as well', async () => {
    await ground.queue({ to: { personId: await ground.person() } });
    await dispatchBatch(ground.ctx);
    ground.clock.moveTo(NIGHT);
    const sent: unknown[] = [];
    const ctx = ground.withSms({ outcome: 'sent', send: async (message) => void sent.push(message) });
    expect(await sendDelivery(ctx, (await deliveries())[0]!.id)).toBe('done');
    expect(await deliveries()).toMatchObject([{ state: 'waiting', attempts: 0 }]);
    expect(sent).toEqual([]);
  });

  test('[contract 4] however far the sandbox’s clock is moved, a message is shown at the moment it would have left', async () => {
    const personId = await ground.person();
    await ground.queue({ to: { personId } });
    ground.clock.moveTo(NIGHT);
    await ground.queue({ to: { personId } });
    ground.clock.moveTo(new Date('2026-11-19T22:00:00+08:00'));
    await drainMessages(ground.ctx);
    const left = await ground.rows<{ at: Date }>('select at from sandbox_outside order by at');
    expect(left.map(({ at }) => at)).toEqual([MORNING, new Date('2026-11-19T08:00:00+08:00')]);
    expect(await ground.rows('select 1 from timers')).toEqual([]);
  });

  test('a person who died gets nothing any more, not even what already waited', async () => {
    const personId = await ground.person();
    ground.clock.moveTo(NIGHT);
    await ground.queue({ to: { personId } });
    await drainMessages(ground.ctx);
    await recordPersonFact(ground.ctx.pool, ground.ctx, {
      personId,
      kind: 'death',
      value: 'died',
      effectiveFrom: MORNING,
      recordedBy: null,
      evidence: 'certificate',
      now: NIGHT,
    });
    await ground.queue({ to: { personId } });
    await ground.rows(`update deliveries set state = 'ready'`);
    ground.clock.moveTo(new Date('2026-11-19T09:00:00+08:00'));
    await drainMessages(ground.ctx);
    expect(await inbox()).toHaveLength(1);
    expect(await deliveries()).toMatchObject([{ state: 'dropped', last_error: 'no-recipient' }]);
    expect(await shown()).toBe(0);
  });

  test('without a number nothing is sent, and the inbox has it all the same', async () => {
    await ground.queue({ to: { personId: await ground.person('无号', '') } });
    await drainMessages(ground.ctx);
    expect(await deliveries()).toMatchObject([{ state: 'dropped', last_error: 'no-number' }]);
    expect(await inbox()).toHaveLength(1);
  });

  test('no template names a service, illness, paper, provider or anything medical of any plan', () => {
    const words = listServiceWords(ground.ctx.plans);
    expect(words.length).toBeGreaterThan(100);
    const texts = TEMPLATE_CODES.flatMap((code) => Object.values(findTemplate(code)!.outside ?? {})).map((text) =>
      text.toLowerCase(),
    );
    const named = words.filter((word) => texts.some((text) => text.includes(word.toLowerCase())));
    expect(named).toEqual([]);
  });
});
