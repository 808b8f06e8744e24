import { UploadOutlined } from '@ant-design/icons';
import { Alert, Button, Checkbox } from 'antd';
import { useRef, useState } from 'react';
import { upload } from '../../shared/api.ts';
import { formatBytes } from '../../shared/format.ts';
import { keys } from '../../shared/keys.ts';
import type { PaperView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { dayWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { PAPER_TYPES } from '../papers/AttachPaper.tsx';

type PaperPickProps = {
  personId: string;
  kind: string;
  name: string;
  required: boolean;
  why: string;
  maxBytes?: number;
  known: readonly PaperView[];
  value: string[];
  onChange: (paperIds: string[]) => void;
};

/** Papers of one kind: those the person already handed in may be used again, and new ones are uploaded at once. */
export function PaperPick({ personId, kind, name, required, why, maxBytes, known, value, onChange }: PaperPickProps) {
  const input = useRef<HTMLInputElement>(null);
  const [progress, setProgress] = useState(0);
  const [tooLarge, setTooLarge] = useState(false);
  const send = useAction(
    ({ file }: { file: File; name: string; size: number }, key) =>
      upload<PaperView>('/api/papers', { personId, kind, file }, { key, onProgress: setProgress }),
    { refresh: [keys.papers(personId)], onDone: (paper) => onChange([...value, paper.id]) },
  );
  const choices = known.filter((paper) => paper.kind === kind && paper.verdict !== 'replaced');
  return (
    <div className="need">
      <div className="row-between">
        <h3>
          {name} {required ? null : <span className="pill">{m.optional()}</span>}
        </h3>
        <Button
          size="small"
          icon={<UploadOutlined />}
          loading={send.running}
          aria-label={m.console_paper_upload_of({ name })}
          onClick={() => input.current?.click()}
        >
          {send.running ? `${Math.round(progress * 100)} %` : m.console_paper_upload()}
        </Button>
      </div>
      <p className="meta">{why}</p>
      {choices.map((paper) => (
        <div key={paper.id}>
          <Checkbox
            checked={value.includes(paper.id)}
            onChange={(event) =>
              onChange(event.target.checked ? [...value, paper.id] : value.filter((id) => id !== paper.id))
            }
          >
            {paper.fileName} <span className="meta">{dayWords(paper.receivedAt.slice(0, 10), false)}</span>
          </Checkbox>
        </div>
      ))}
      <input
        ref={input}
        type="file"
        accept={PAPER_TYPES}
        // The button beside it opens it; antd's own styles would show it again where only `hidden` is set.
        style={{ display: 'none' }}
        aria-label={name}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          setTooLarge(Boolean(file && maxBytes && file.size > maxBytes));
          if (file && !(maxBytes && file.size > maxBytes)) send.start({ file, name: file.name, size: file.size });
        }}
      />
      {tooLarge && maxBytes ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={m.console_paper_too_large({ most: formatBytes(maxBytes) })}
        />
      ) : null}
      {send.error ? <Alert type="error" showIcon role="alert" title={problemText(send.error)} /> : null}
    </div>
  );
}
