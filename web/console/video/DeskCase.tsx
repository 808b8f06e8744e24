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
        {view.video?.note ? <Released view={view} note={view.video.note} /> : null}
        <FactsColumn view={view} paperId={paperId} onPaper={setPaperId} />
        {view.video?.draft && inCall ? <NotePad draft={note.draft} kept={note.kept} onWrite={note.write} /> : null}
        <History view={view} />
      </div>
      <ActColumn
        view={view}
        opened={opened}
        onOpen={setOpened}
        written={{
          releaseNote: { start: note.draft, onValues: note.writeForm, state: <DraftState kept={note.kept} /> },
        }}
      />
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

/** What she was told, and what she asks now: on top, because it is what the doctor answers. */
function Released({ view, note }: { view: CaseView; note: NonNullable<NonNullable<CaseView['video']>['note']> }) {
  const asked = view.video?.followUp?.asked;
  return (
    <section className="video-released" aria-label={m.console_video_released()}>
      {asked ? (
        <div className="section">
          <h2>{m.console_video_question()}</h2>
          <p className="video-complaint">{asked}</p>
        </div>
      ) : null}
      <Facts title={`${m.console_video_released()} · ${momentWords(note.at)}`} rows={noteRows(note)} />
    </section>
  );
}

type NoteWords = { complaint: string; advice: string; seekCare: string; redFlags: string };
const noteRows = ({ complaint, advice, seekCare, redFlags }: NoteWords): [string, string][] => [
  [m.console_video_note_complaint(), complaint],
  [m.console_video_note_advice(), advice],
  [m.console_video_note_seek_care(), seekCare],
  [m.console_video_note_red_flags(), redFlags],
];

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
                  rows={noteRows(item)}
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
