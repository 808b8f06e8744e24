import { Input } from 'antd';
import type { NoteDraft } from '../../shared/types.ts';
import { m } from '../messages.ts';
import { PARTS } from './use-draft.ts';

type NotePadProps = { draft: NoteDraft; kept: boolean; onWrite: (part: Partial<NoteDraft>) => void };

/** The note, begun while the call is on; it is released after the call, from the same words. */
export function NotePad({ draft, kept, onWrite }: NotePadProps) {
  const titles = {
    complaint: m.console_video_note_complaint,
    advice: m.console_video_note_advice,
    seekCare: m.console_video_note_seek_care,
    redFlags: m.console_video_note_red_flags,
  };
  return (
    <section className="video-pad" aria-label={m.console_video_pad()}>
      <h2>{m.console_video_pad()}</h2>
      <p className="meta">{m.console_video_pad_hint()}</p>
      {PARTS.map((part) => (
        <div key={part} className="stack">
          <label htmlFor={`pad-${part}`}>{titles[part]()}</label>
          <Input.TextArea
            id={`pad-${part}`}
            value={draft[part]}
            maxLength={part === 'advice' ? 2000 : 1000}
            autoSize={{ minRows: part === 'advice' ? 3 : 2, maxRows: 10 }}
            onChange={(event) => onWrite({ [part]: event.target.value })}
          />
        </div>
      ))}
      <DraftState kept={kept} />
    </section>
  );
}

export function DraftState({ kept }: { kept: boolean }) {
  return (
    <p className="meta" role="status">
      {kept ? m.console_video_pad_kept() : m.console_video_pad_keeping()}
    </p>
  );
}
