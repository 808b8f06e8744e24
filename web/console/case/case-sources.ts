import type { CaseView } from '../../shared/types.ts';
import type { FormSources } from '../forms/FieldControl.tsx';

/**
 * What the references of an event's form may point at: the papers, their kinds and the person of this case. Illnesses
 * come with the schema itself, since the plan's table has no search of its own.
 */
export function caseSources(view: CaseView): FormSources {
  return {
    papers: view.papers.flatMap((need) =>
      need.papers
        .filter((paper) => paper.verdict !== 'replaced')
        .map((paper) => ({ id: paper.id, kind: paper.kind, label: `${paper.kindName} · ${paper.fileName}` })),
    ),
    paperKinds: view.papers.map(({ kind, kindName }) => ({ kind, name: kindName })),
    persons: [{ id: view.person.id, name: view.person.name }],
    illnesses: [],
    caseId: view.id,
  };
}
