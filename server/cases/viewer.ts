/** Through whose eyes a case is shown: which field groups leave, and whether names are masked. */
import { type CaseRole, isOutside } from '#domain/journeys/journey.ts';
import { maskName } from '#domain/persons/mask.ts';
import type { FieldGroup } from '#domain/plan/schema.ts';
import { FIELD_GROUPS } from '#domain/plan/schema.ts';

export type Viewer = {
  role: CaseRole;
  groups: ReadonlySet<FieldGroup | 'internal'>;
  masked: boolean;
  lang: 'zh' | 'en';
};

/** What was said of a report is read by those who may read the report (docs/decisions/0012-gene-report-readers.md). */
const REPORT_READERS: readonly CaseRole[] = ['member', 'applicant', 'case-manager'];

/** What a panel found is told to her by telephone, with what to do next [2.6.4.8.3]; single votes are no news for a screen. */
const isHerSide = (role: CaseRole): boolean => role === 'member' || role === 'applicant';

/**
 * The member and who acts for her see all but what staff note among themselves; staff see all, names masked until opened
 * with a reason; who serves from outside sees what `discloseTo` lets through, which has no internal field in it.
 */
export function viewerOf(role: CaseRole, lang: 'zh' | 'en'): Viewer {
  const outside = role === 'member' || role === 'applicant' || isOutside(role);
  return {
    role,
    lang,
    groups: new Set<FieldGroup | 'internal'>([
      ...FIELD_GROUPS.filter(
        (group) =>
          (group !== 'report' || REPORT_READERS.includes(role)) &&
          // What reviewers find on the way is not the verdict yet; she is told that.
          ((group !== 'review' && group !== 'panel') || !isHerSide(role)),
      ),
      ...(outside ? [] : (['internal'] as const)),
    ]),
    masked: !outside,
  };
}

/** A name as this viewer may read it; a provider whose consent lacks the identity reads none. */
export const shownName = (viewer: Pick<Viewer, 'masked'>, name: string | undefined): string =>
  name === undefined ? '—' : viewer.masked ? maskName(name) : name;
