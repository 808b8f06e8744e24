import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { type PointerEvent, useRef, useState } from 'react';
import { upload } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { CaseView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';
import { PAPER_TYPES } from '../papers/AttachPaper.tsx';

const KIND = 'receipt';
type SignatureProps = {
  view: CaseView;
  signed: boolean;
  fault: string | undefined;
  onSigned: (paperId: string) => void;
};

/** Signed on the screen with a finger, or on paper and photographed: either becomes the receipt in the case. */
export function Signature({ view, signed, fault, onSigned }: SignatureProps) {
  const client = useQueryClient();
  const canvas = useRef<HTMLCanvasElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [drawn, setDrawn] = useState(false);
  const keep = useAction(
    ({ file }: { file: File; name: string; size: number }, key) =>
      upload<CaseView>(`/api/cases/${view.id}/papers`, { kind: KIND, file }, { key }),
    {
      onDone: (moved) => {
        client.setQueryData(keys.case(view.id), moved);
        const paper = moved.papers.find(({ kind }) => kind === KIND)?.papers.at(-1);
        if (paper) onSigned(paper.id);
      },
    },
  );
  const start = (file: File) => keep.start({ file, name: file.name, size: file.size });
  const pen = (event: PointerEvent<HTMLCanvasElement>, down: boolean) => {
    const paper = canvas.current;
    const context = paper?.getContext('2d');
    if (!paper || !context || (!down && event.buttons === 0)) return;
    const box = paper.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * paper.width;
    const y = ((event.clientY - box.top) / box.height) * paper.height;
    if (down) {
      paper.setPointerCapture(event.pointerId);
      context.lineWidth = 4;
      context.lineCap = 'round';
      context.beginPath();
      context.moveTo(x, y);
      return;
    }
    context.lineTo(x, y);
    context.stroke();
    setDrawn(true);
  };
  const clear = () => {
    const paper = canvas.current;
    paper?.getContext('2d')?.clearRect(0, 0, paper.width, paper.height);
    setDrawn(false);
  };
  return (
    <fieldset>
      <legend>{m.console_counter_signature()}</legend>
      {signed ? (
        <p role="status">{m.console_counter_signed()}</p>
      ) : (
        <>
          <canvas
            ref={canvas}
            className="signature"
            width={680}
            height={220}
            aria-label={m.console_counter_sign_here()}
            onPointerDown={(event) => pen(event, true)}
            onPointerMove={(event) => pen(event, false)}
          />
          <div className="row">
            <Button
              type="default"
              disabled={!drawn}
              loading={keep.running}
              onClick={() =>
                canvas.current?.toBlob((blob) => {
                  if (blob) start(new File([blob], 'receipt.png', { type: 'image/png' }));
                })
              }
            >
              {m.console_counter_keep()}
            </Button>
            <Button disabled={!drawn} onClick={clear}>
              {m.console_counter_clear()}
            </Button>
            <Button onClick={() => input.current?.click()}>{m.console_counter_paper()}</Button>
          </div>
          <input
            ref={input}
            type="file"
            accept={PAPER_TYPES}
            style={{ display: 'none' }}
            aria-label={m.console_counter_paper()}
            onChange={(event) => {
              const file = event.target.files?.[0];
              if (file) start(file);
              event.target.value = '';
            }}
          />
        </>
      )}
      {fault ? <p className="fault">{fault}</p> : null}
      {keep.error ? <Alert type="error" showIcon role="alert" title={problemText(keep.error)} /> : null}
    </fieldset>
  );
}
