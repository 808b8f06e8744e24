import type { PaperView } from '#contract/cases.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Language } from '#server/platform/problem.ts';
import type { CasePaper } from './case-papers.ts';
import type { Paper } from './queries.ts';

/** A paper on the wire; without its place in a case it is `received`. */
export function viewPaper(
  ctx: Pick<Ctx, 'plans'>,
  paper: Paper,
  lang: Language,
  place?: Pick<CasePaper, 'kind' | 'verdict' | 'reason' | 'verdictAt'>,
): PaperView {
  const kind = place?.kind ?? paper.kind;
  return {
    id: paper.id,
    kind,
    kindName: paperKindName(ctx, kind, lang),
    fileName: paper.fileName,
    bytes: paper.bytes,
    sha256: paper.sha256.toString('hex'),
    type: paper.type,
    receivedAt: formatInstant(paper.receivedAt),
    verdict: place?.verdict ?? 'received',
    reason: place?.reason ?? null,
    verdictAt: place?.verdictAt ? formatInstant(place.verdictAt) : null,
    previewUrl: `/api/papers/${paper.id}/preview`,
    originalUrl: `/api/papers/${paper.id}/original`,
  };
}

/** The kind in the caller's language; the code where no plan names it any more. */
export function paperKindName(ctx: Pick<Ctx, 'plans'>, kind: string, lang: Language): string {
  for (const plan of ctx.plans) {
    const found = plan.paperKinds.find((one) => one.kind === kind);
    if (found) return found.name[lang];
  }
  return kind;
}
