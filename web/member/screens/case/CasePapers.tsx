import { useQueryClient } from '@tanstack/react-query';
import { post } from '../../../shared/api.ts';
import { keys } from '../../../shared/keys.ts';
import { m } from '../../../shared/paraglide/messages.js';
import type { CaseView, PaperNeed } from '../../../shared/types.ts';
import { useAction } from '../../../shared/use-action.ts';
import { EarlierPapers } from '../../pieces/EarlierPapers.tsx';
import { PaperRow } from '../../pieces/PaperRow.tsx';
import { PaperUpload } from '../../pieces/PaperUpload.tsx';
import { Chip } from '../../ui/Chip.tsx';
import { ActionFault } from '../../ui/Loaded.tsx';

/** Every kind of paper the case needs or has, what is missing first; how many that are is said once, at the top. */
export function CasePapers({ view }: { view: CaseView }) {
  const papers = view.papers.filter(({ result }) => !result);
  const missing = papers.filter((need) => need.missing);
  if (papers.length === 0) return null;
  return (
    <section id="papers" className="card mt-3 scroll-mt-4" aria-label={m.papers_title()}>
      <h2 className="flex flex-wrap items-center justify-between gap-x-2 font-semibold">
        {m.papers_title()}
        <Chip tone={missing.length > 0 ? 'soon' : 'done'}>
          {missing.length > 0 ? m.papers_missing_short({ n: missing.length }) : m.papers_complete_short()}
        </Chip>
      </h2>
      <div className="divide-y divide-line">
        {[...missing, ...papers.filter((need) => !need.missing)].map((need) => (
          <Need key={need.kind} need={need} view={view} />
        ))}
      </div>
    </section>
  );
}

function Need({ need, view }: { need: PaperNeed; view: CaseView }) {
  const client = useQueryClient();
  const papers = need.papers.filter((paper) => paper.verdict !== 'replaced');
  const rejected = papers.some((paper) => paper.verdict === 'rejected');
  const archive = need.formats.every((format) => format === 'zip');
  const done = (next: CaseView) => {
    client.setQueryData(keys.case(view.id), next);
    void client.invalidateQueries({ queryKey: keys.papers(view.person.id) });
  };
  const again = useAction(
    (paperId: string, key) => post<CaseView>(`/api/cases/${view.id}/papers`, { kind: need.kind, paperId }, key),
    { onDone: done },
  );
  return (
    <div className="py-1">
      {papers.map((paper) => (
        <PaperRow key={paper.id} paper={paper} />
      ))}
      {papers.length === 0 && (
        <div className="pt-2">
          <p className="font-medium">
            {need.kindName} {!need.required && <span className="text-sm font-normal text-ink-2">{m.optional()}</span>}
          </p>
          <p className="text-sm text-ink-2">{need.printed ? `${need.why}（${need.printed}）` : need.why}</p>
        </div>
      )}
      {need.open && (
        <div className="pb-2 pt-1">
          <PaperUpload<CaseView>
            to={{ caseId: view.id }}
            kind={need.kind}
            name={need.kindName}
            word={
              archive
                ? m.upload_archive()
                : rejected
                  ? m.replace()
                  : papers.length > 0
                    ? m.upload_another()
                    : m.upload()
            }
            archive={archive}
            maxBytes={need.maxBytes}
            onDone={done}
          />
          <EarlierPapers
            personId={view.person.id}
            kind={need.kind}
            name={need.kindName}
            except={need.papers.map(({ id }) => id)}
            busy={again.running}
            onChoose={({ id }) => again.start(id)}
          />
          <ActionFault error={again.error} />
        </div>
      )}
    </div>
  );
}
