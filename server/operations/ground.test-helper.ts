/** One person with a policy and a running case, and an account of every desk, for the tests of these desks. */

import type { Role } from '#contract/common.ts';
import { loadPlans } from '#plans/load.ts';
import { Browser, openTestApp, staff } from '#server/accounts/app.test-helper.ts';
import { sandboxSignInRoutes } from '#server/accounts/sandbox-routes.ts';
import { insertBreachRow, insertClockRow, insertUseRow } from '#server/cases/clock-queries.ts';
import { insertCaseRow, lockEntitlementRow } from '#server/cases/queries.ts';
import { complaintRoutes } from '#server/complaints/routes.ts';
import { sealFor } from '#server/persons/seal.ts';
import { planRoutes } from '#server/plans/routes.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { operationsRoutes } from './routes.ts';

export const at = (text: string): Date => new Date(`${text}+08:00`);
/** The fixed clock of the test app: Wednesday 2026-11-18 10:00 in Shanghai. */
export const NOW = at('2026-11-18T10:00:00');

export async function openGround() {
  const server = await openTestApp({
    mode: 'sandbox',
    routes: async (app) => {
      await sandboxSignInRoutes(app, { mode: 'sandbox' });
      await operationsRoutes(app as never);
      await complaintRoutes(app as never);
      await planRoutes(app as never);
    },
  });
  Object.assign(server.ctx, { plans: loadPlans().plans.filter(({ plan }) => plan === 'zhenai21') });
  const { ctx, database } = server;
  const personId = await server.addPerson();
  const policyId = uuidv7();
  await database.owner.query(
    `insert into yilu.policies (insurer, id, policy_no, plan, effective_from, expires_on, cooling_off_ends_on, waiting_ends_on, holder_id, created_at)
     values ('test', $1, 'P-1', 'zhenai21', '2026-06-01', '2027-05-31', '2026-06-15', '2026-08-29', $2, $3)`,
    [policyId, personId, NOW],
  );
  await database.owner.query(
    `insert into yilu.policy_states (insurer, id, policy_id, state, effective_from, recorded_at) values ('test', $1, $2, 'in-force', '2026-06-01', $3)`,
    [uuidv7(), policyId, NOW],
  );
  for (const role of ['insured', 'policyholder'])
    await database.owner.query(
      `insert into yilu.policy_persons (insurer, policy_id, person_id, role, added_on) values ('test', $1, $2, $3, '2026-06-01')`,
      [policyId, personId, role],
    );

  const accounts: Record<string, string> = {};
  const add = async (key: string, roles: Role[], more: object = {}) => {
    accounts[key] = await server.addAccount(
      staff(roles, { name: key, email: `${key}@example.com`, sandbox: { key, situation: key, group: key }, ...more }),
    );
  };
  await add('operations', ['operations']);
  await add('supervisor', ['supervisor']);
  await add('supervisor-2', ['supervisor']);
  await add('reviewer', ['reviewer']);
  await add('plans', ['plan-administrator']);
  await add('provider', ['provider'], { kind: 'provider', provider: 'shangyong' });
  await add('other-provider', ['provider'], { kind: 'provider', provider: 'huiyi' });
  accounts.member = await server.addAccount({
    kind: 'member',
    personId,
    roles: ['member'],
    sandbox: { key: 'member', situation: '', group: '' },
  });

  return {
    ...server,
    personId,
    policyId,
    accounts,
    /** A browser that is signed in as one of the accounts. */
    async as(key: string): Promise<Browser> {
      const browser = new Browser(server);
      await browser.send('POST', '/api/sandbox/sign-in', { account: key });
      return browser;
    },
    async addCase(
      more: { number: string; provider?: string | null; final?: boolean; openedAt?: Date } = {
        number: 'MZ-261118-0001',
      },
    ): Promise<string> {
      const id = uuidv7();
      await insertCaseRow(ctx.pool, ctx, {
        id,
        number: more.number,
        plan: 'zhenai21',
        edition: '2024-05-23',
        service: 'outpatient-access',
        act: 'use',
        kind: 'outpatient-access',
        chartVersion: 1,
        policyId,
        personId,
        applicantAccount: accounts.member!,
        applicantRelation: 'self',
        channel: 'portal',
        state: more.final ? 'closed-refused' : 'with-provider',
        final: more.final ?? false,
        turn: more.final ? 'nobody' : 'provider',
        context: await sealFor(ctx.pool, ctx, personId, 'cases', id, {}),
        provider: more.provider ?? null,
        attention: [],
        openedAt: more.openedAt ?? NOW,
      });
      return id;
    },
    /** A clock of the case; `due` as computed by whoever arranges the test. */
    async addClock(caseId: string, promise: string, startedAt: Date, due: Date, target = false): Promise<string> {
      const id = uuidv7();
      await insertClockRow(ctx.pool, ctx, {
        id,
        caseId,
        promise,
        occurrence: 1,
        target,
        clause: target ? null : '2.2.1.3',
        unit: 'working-days',
        amount: 2,
        startedAt,
        due,
        provisional: false,
        ruleSet: 'test',
      });
      return id;
    },
    async addBreach(caseId: string, clockId: string, dueAt: Date, proposedCause = 'provider'): Promise<string> {
      const id = uuidv7();
      await database.owner.query(`update yilu.clocks set breached_at = $2 where id = $1`, [clockId, dueAt]);
      await insertBreachRow(ctx.pool, ctx, {
        id,
        clockId,
        caseId,
        dueAt,
        turn: 'provider',
        proposedCause,
        confirmBy: at('2026-11-20T18:00:00'),
        provider:
          (await ctx.pool.query('select provider from cases where insurer = $1 and id = $2', [ctx.insurer, caseId]))
            .rows[0]?.provider ?? null,
      });
      return id;
    },
    /** The case's use: held, and spent by a cancellation. */
    async spendUse(caseId: string): Promise<void> {
      const entitlementId = await lockEntitlementRow(ctx.pool, ctx, uuidv7(), policyId, personId, 'outpatient-access');
      for (const [i, [move, cause]] of (
        [
          ['hold', 'requested'],
          ['spend', 'used-by-cancel'],
        ] as const
      ).entries())
        await insertUseRow(ctx.pool, ctx, {
          id: uuidv7(),
          entitlementId,
          caseId,
          move,
          cause,
          clause: '2.2.9',
          actorAccount: null,
          actorRole: 'system',
          onDay: '2026-11-18',
          at: NOW,
          seq: i + 1,
        });
    },
  };
}
export type Ground = Awaited<ReturnType<typeof openGround>>;
