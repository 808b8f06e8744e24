import { useQuery } from '@tanstack/react-query';
import { get } from '../../shared/api.ts';
import type { Field } from '../../shared/form/fields.ts';
import type { CaseView, ListOf, ListRow } from '../../shared/types.ts';
import type { FormSources } from '../forms/FieldControl.tsx';

/** What the references of an event's form may point at: the papers and the person of this case, and the plan's illnesses. */
export function useCaseSources(view: CaseView, fields: readonly Field[]): FormSources {
  const asksIllness = fields.some((field) => field.reference?.to === 'illness');
  const illnesses = useQuery({
    queryKey: ['list', 'illnesses', view.plan],
    queryFn: () =>
      get<ListOf<ListRow>>('/api/lists/illnesses', { plan: view.plan, caseId: view.id, limit: 100 }).then(
        ({ items }) => items,
      ),
    enabled: asksIllness,
    staleTime: Infinity,
  });
  return {
    papers: view.papers.flatMap((need) =>
      need.papers
        .filter((paper) => paper.verdict !== 'replaced')
        .map((paper) => ({ id: paper.id, kind: paper.kind, label: `${paper.kindName} · ${paper.fileName}` })),
    ),
    paperKinds: view.papers.map(({ kind, kindName }) => ({ kind, name: kindName })),
    persons: [{ id: view.person.id, name: view.person.name }],
    illnesses: (illnesses.data ?? []).map((row) => ({
      code: typeof row.row.code === 'string' ? row.row.code : row.id,
      name: row.label,
      severity: null,
      sample: row.sample,
    })),
  };
}
