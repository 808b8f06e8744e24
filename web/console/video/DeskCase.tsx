import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import type { CaseView } from '../../shared/types.ts';
import { ActColumn } from '../case/ActColumn.tsx';
import { Facts, FactsColumn } from '../case/FactsColumn.tsx';
import type { Opened } from '../case/opened.ts';
import { useCase } from '../data/queries.ts';
import { momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { PaperViewer } from '../papers/PaperViewer.tsx';
import { Screen } from '../states/Screen.tsx';
import { DraftState, NotePad } from './NotePad.tsx';
import { useVideoHistory } from './queries.ts';
import { useDraft } from './use-draft.ts';
import '../case/case.css';

/** The case of the call or of the note: what the member said and showed, what she lets this doctor read, and what can be done. */
export function DeskCase({ caseId }: { caseId: string }) {
  const found = useCase(caseId);
  return (
    <article className="video-case" aria-label={m.console_case_label()}>
      <Screen query={found} waiting={<Skeleton active paragraph={{ rows: 8 }} style={{ padding: '1rem' }} />}>
        {(view) => <Columns view={view} />}
      </Screen>
    </article>
  );
}

function Columns({ view }: { view: CaseView }) {
  const [paperId, setPaperId] = useState<string | null>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const paper = view.papers.flatMap((need) => need.papers).find(({ id }) => id === paperId);
  const note = useDraft(view.id, view.video?.draft ?? null);
  // Until the call is over the note is only written; then its own form goes on from the same words.
  const inCall = view.video?.roomId !== null;
  return (
    <div className="columns video-columns">
      <div className="video-facts">
        <FactsColumn view={view} paperId={paperId} onPaper={setPaperId} />
        <History view={view} />
      </div>
      <div className="video-act">
        {view.video?.draft && inCall ? <NotePad draft={note.draft} kept={note.kept} onWrite={note.write} /> : null}
        <ActColumn
          view={view}
          opened={opened}
          onOpen={setOpened}
          written={{
            releaseNote: { start: note.draft, onValues: note.writeForm, state: <DraftState kept={note.kept} /> },
          }}
        />
      </div>
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
  );
}

/** Earlier consultations, on request: reading them leaves a trace that the member sees. */
function History({ view }: { view: CaseView }) {
  const [asked, setAsked] = useState(false);
  const history = useVideoHistory(view.id, asked);
  return (
    <section className="video-history" aria-label={m.console_video_history()}>
      <h2>{m.console_video_history()}</h2>
      {asked ? (
        <Screen query={history} waiting={<Skeleton active paragraph={{ rows: 3 }} />}>
          {({ allowed, items }) => (
            <>
              {!allowed || items.length === 0 ? (
                <p className="meta">
                  {allowed ? m.console_video_history_none() : m.console_video_history_not_allowed()}
                </p>
              ) : null}
              {items.map((item) => (
                <Facts
                  key={item.at}
                  title={`${momentWords(item.at)} · ${item.doctor} · ${item.hospital}`}
                  rows={[
                    [m.console_video_note_complaint(), item.complaint],
                    [m.console_video_note_advice(), item.advice],
                    [m.console_video_note_seek_care(), item.seekCare],
                    [m.console_video_note_red_flags(), item.redFlags],
                  ]}
                />
              ))}
            </>
          )}
        </Screen>
      ) : (
        <Button onClick={() => setAsked(true)}>{m.console_video_history_read()}</Button>
      )}
    </section>
  );
}
