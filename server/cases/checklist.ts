/** The checklist of papers: for the house and the member what is needed and there; for who serves from outside what it was given. */
import type { z } from 'zod';
import type { PaperNeed } from '#contract/cases.ts';
import type { AllowedEvent } from '#contract/common.ts';
import { PAPERS } from '#domain/journeys/gene-test/context-v1.ts';
import { isOutside } from '#domain/journeys/journey.ts';
import { type PaperNeed as Need, paperNeeds } from '#domain/papers/needs.ts';
import { viewPaper } from '#server/papers/view.ts';
import type { Ctx } from '#server/platform/context.ts';
import { circumstancesOf } from './facts.ts';
import type { OpenCase } from './move-case.ts';
import type { Seen } from './seen.ts';
import type { Viewer } from './viewer.ts';

/** Ways of handing in a record that is gathered page by page, also of a kind that is there already or optional. */
const GATHERING = ['handInPaper', 'gatherRecord'];

/** What whoever serves from outside has to file now, though nothing of its kind is there yet. */
const kindsToFile = (allowed: readonly AllowedEvent[]): string[] =>
  allowed.some(({ type }) => type === 'attachReport') ? [PAPERS.report] : [];

export function checklistOf(
  ctx: Ctx,
  open: OpenCase,
  seen: Seen,
  allowed: readonly AllowedEvent[],
  { role, lang }: Pick<Viewer, 'role' | 'lang'>,
): z.infer<typeof PaperNeed>[] {
  const { plan, service } = open.running;
  const { papers } = seen;
  const outside = isOutside(role);
  const adds = !outside && open.journey.gathers !== undefined && allowed.some(({ type }) => GATHERING.includes(type));
  // Asked for by name, also where one of the kind is there already.
  const wanted = (open.memory.chart.wanted as readonly string[] | undefined) ?? [];
  const isOptional = (kind: string) => service.papers.some((rule) => rule.kind === kind && rule.required === 'no');
  const needs: readonly Need[] = outside
    ? []
    : paperNeeds(service, papers, circumstancesOf(open)).filter(
        ({ required, kind }) => required || (adds && isOptional(kind)) || papers.some((one) => one.kind === kind),
      );
  const others = [...new Set([...papers.map(({ kind }) => kind), ...kindsToFile(allowed)])].filter(
    (kind) => !needs.some((need) => need.kind === kind),
  );
  const printed = (id: string) => plan.clauses.find((clause) => clause.id === id)?.printed ?? id;
  const row = (kind: string, { required, missing, why, clause }: Row): z.infer<typeof PaperNeed> => {
    const known = plan.paperKinds.find((one) => one.kind === kind);
    return {
      kind,
      kindName: known?.name[lang] ?? kind,
      required,
      missing,
      open:
        !open.row.final &&
        (missing || wanted.includes(kind) || (adds && known !== undefined && known.group === undefined)),
      result: known?.readers !== undefined,
      formats: [...(known?.formats ?? [])],
      maxBytes: known?.maxBytes ?? 0,
      why,
      clause,
      printed: printed(clause),
      papers: papers.filter((one) => one.kind === kind).map((one) => viewPaper(ctx, one.paper, lang, one)),
    };
  };
  return [
    ...needs.map((need) => row(need.kind, { ...need, why: need.why[lang] })),
    ...others.map((kind) => row(kind, { required: false, missing: false, why: '', clause: service.clause })),
  ];
}
type Row = { required: boolean; missing: boolean; why: string; clause: string };
