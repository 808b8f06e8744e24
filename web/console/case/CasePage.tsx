import { Skeleton } from 'antd';
import { useState } from 'react';
import { useCase } from '../data/queries.ts';
import { m } from '../messages.ts';
import { PaperViewer } from '../papers/PaperViewer.tsx';
import { useTitle } from '../shell/use-title.ts';
import { Screen } from '../states/Screen.tsx';
import { ActColumn } from './ActColumn.tsx';
import { CaseHead } from './CaseHead.tsx';
import { FactsColumn } from './FactsColumn.tsx';
import { MinorFile, minorOf } from './MinorFile.tsx';
import type { Opened } from './opened.ts';
import { TimelineColumn } from './TimelineColumn.tsx';
import './case.css';

/** A case: three columns that stay still. A paper opens over the first two, so that the form beside it stays in reach. */
export function CasePage({ caseId }: { caseId: string }) {
  const found = useCase(caseId);
  // A grant that ended while the page stood open closes it too.
  const minor = minorOf(found.error);
  useTitle(found.data?.number);
  const [paperId, setPaperId] = useState<string | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  return (
    <article className="case" aria-label={m.console_case_label()}>
      {minor ? (
        <MinorFile minor={minor} heading />
      ) : (
        <Screen query={found} waiting={<Waiting />}>
          {(view) => {
            const paper = view.papers.flatMap((need) => need.papers).find(({ id }) => id === paperId);
            return (
              <>
                <CaseHead view={view} />
                <div className="columns">
                  <FactsColumn view={view} paperId={paperId} onPaper={setPaperId} />
                  <TimelineColumn view={view} />
                  <ActColumn view={view} opened={opened} onOpen={setOpened} />
                  {paper ? (
                    <PaperViewer
                      key={paper.id}
                      paper={paper}
                      version={view.version}
                      allowed={view.allowed}
                      onAct={setOpened}
                      onClose={() => setPaperId(null)}
                    />
                  ) : null}
                </div>
              </>
            );
          }}
        </Screen>
      )}
    </article>
  );
}

function Waiting() {
  return (
    <>
      <div className="case-head">
        <Skeleton active paragraph={{ rows: 2 }} />
      </div>
      <div className="columns">
        {[10, 8, 6].map((rows) => (
          <div key={rows} className="col">
            <Skeleton active paragraph={{ rows }} />
          </div>
        ))}
      </div>
    </>
  );
}
