import type { z } from 'zod';
import type { PersonFile } from '#contract/people.ts';
import { stateMeta } from '#domain/journeys/journey.ts';
import { getJourney } from '#domain/journeys/registry.ts';
import { maskName } from '#domain/persons/mask.ts';
import { findEdition } from '#domain/plan/registry.ts';
import { recordAudit } from '#server/audit/record.ts';
import { getPerson } from '#server/persons/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import type { Language } from '#server/platform/problem.ts';
import { assertDeskCheck } from './checks.ts';
import { type CaseOfPerson, listCasesOf, listPersonsOfPolicies, listPoliciesOf } from './queries.ts';

type File = z.infer<typeof PersonFile>;

/** What an agent sees of a checked caller: her name, her policies with who else is on them (masked), her cases. Recorded. */
export async function readPersonFile(ctx: Ctx, actor: Actor, personId: string, lang: Language): Promise<File> {
  return await inTransaction(ctx.pool, async (db) => {
    const now = await ctx.clock.now(db);
    await assertDeskCheck(db, ctx, actor, personId, now);
    const person = await getPerson(db, ctx, personId);
    const policies = await listPoliciesOf(db, ctx, personId, now);
    const others = await listPersonsOfPolicies(
      db,
      ctx,
      policies.map((policy) => policy.id),
    );
    const names = await readNames(
      db,
      ctx,
      others.map((other) => other.personId),
      personId,
    );
    const cases = await listCasesOf(db, ctx, personId);
    await recordAudit(db, ctx, { actor, action: 'desk.file-read', subject: `person:${personId}`, personId, now });
    return {
      person: { id: personId, name: person.name, masked: false },
      policies: policies.map(({ id, policyNo, plan, role, state, effectiveFrom, expiresOn }) => ({
        id,
        policyNo,
        plan,
        planName: ctx.plans.find((one) => one.plan === plan)?.name[lang] ?? plan,
        role,
        state: state ?? 'none',
        effectiveFrom,
        expiresOn,
        persons: others
          .filter((other) => other.policyId === id)
          .map((other) => ({ id: other.personId, name: names.get(other.personId) ?? '', role: other.role })),
      })),
      cases: cases.map((row) => ({ id: row.id, number: row.number, ...describeCase(ctx, row, lang) })),
    };
  });
}

async function readNames(
  db: Db,
  ctx: Ctx,
  ids: readonly string[],
  inFull: string,
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const id of new Set(ids)) {
    const { name } = await getPerson(db, ctx, id);
    names.set(id, id === inFull ? name : maskName(name));
  }
  return names;
}

function describeCase(ctx: Ctx, row: CaseOfPerson, lang: Language): { serviceName: string; stateLabel: string } {
  const service = findEdition(ctx.plans, row.plan, row.edition)?.services[row.service];
  const { label } = stateMeta(getJourney(row.kind, row.chartVersion), row.state);
  return { serviceName: service?.name[lang] ?? row.service, stateLabel: label[lang] };
}
