/** Papers of those for whom the member may use them: herself, who let her, and who cannot act for herself. */
import type { SearchHit } from '#contract/search.ts';
import { findAmong } from '#domain/search/match.ts';
import { recordAudit } from '#server/audit/record.ts';
import { listPolicyPersons } from '#server/benefits/policy-persons.ts';
import { mayUsePerson } from '#server/cases/hooks.ts';
import { listPersonsOfActor } from '#server/cases/my-persons.ts';
import { listPapers } from '#server/papers/queries.ts';
import { isRestricted } from '#server/papers/readers.ts';
import { paperKindName } from '#server/papers/view.ts';
import { getPerson } from '#server/persons/queries.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import type { Search } from './search.ts';

export async function findPapers(db: Db, ctx: Ctx, { query, actor, lang, now }: Search): Promise<SearchHit[]> {
  const shared = (await listPolicyPersons(db, ctx, actor.personId)).flatMap(({ persons }) =>
    persons.map(({ id }) => id),
  );
  const found: SearchHit[] = [];
  for (const personId of new Set([actor.personId, ...(await listPersonsOfActor(db, ctx, actor, now)), ...shared])) {
    if (!(await mayUsePerson(db, ctx, actor, personId, now))) continue;
    const papers = (await listPapers(db, ctx, personId)).filter(({ kind }) => !isRestricted(ctx.plans, kind));
    const hits = findAmong(query, papers, ({ kind, fileName }) => ({
      names: [paperKindName(ctx, kind, 'zh'), paperKindName(ctx, kind, 'en')],
      words: [fileName],
    }));
    if (hits.length === 0) continue;
    const other = personId === actor.personId ? null : (await getPerson(db, ctx, personId)).name;
    // Somebody else's papers were seen; what was typed is told to nobody.
    if (other !== null)
      await recordAudit(db, ctx, {
        actor,
        action: 'paper.listed',
        subject: `person:${personId}`,
        personId,
        details: { papers: hits.length },
        now,
      });
    found.push(
      ...hits.map(({ kind, fileName }) => ({
        title: paperKindName(ctx, kind, lang),
        text: fileName,
        of: other,
        to: { kind: 'papers' as const },
      })),
    );
  }
  return found;
}
