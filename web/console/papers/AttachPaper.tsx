import { UploadOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Select } from 'antd';
import { useRef, useState } from 'react';
import { upload } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { CaseView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';

type AttachPaperProps = { caseId: string; kinds: { kind: string; name: string }[] };
/** Asked for by type, so that phones convert their own formats. */
export const PAPER_TYPES = 'image/jpeg,image/png,application/pdf,application/zip,.zip';

/** A paper that reached the desk another way (letter, fax, provider) is put to the case under its kind. */
export function AttachPaper({ caseId, kinds }: AttachPaperProps) {
  const client = useQueryClient();
  const [kind, setKind] = useState(kinds[0]?.kind);
  const input = useRef<HTMLInputElement>(null);
  const attach = useAction(
    // Name and size stand beside the file so that another file counts as another action.
    ({ file }: { file: File; name: string; size: number }, key) =>
      upload<CaseView>(`/api/cases/${caseId}/papers`, { kind: kind ?? '', file }, { key }),
    { onDone: (view) => client.setQueryData(keys.case(caseId), view), refresh: [keys.worklist] },
  );
  return (
    <div className="need">
      <div className="row">
        <Select
          size="small"
          aria-label={m.console_paper_kind()}
          style={{ flex: 1, minWidth: '8rem' }}
          value={kind}
          options={kinds.map((one) => ({ value: one.kind, label: one.name }))}
          onChange={setKind}
        />
        <Button size="small" icon={<UploadOutlined />} loading={attach.running} onClick={() => input.current?.click()}>
          {m.console_paper_upload()}
        </Button>
        <input
          ref={input}
          type="file"
          accept={PAPER_TYPES}
          // The button beside it opens it; antd's own styles would show it again where only `hidden` is set.
          style={{ display: 'none' }}
          aria-label={m.console_paper_upload()}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file) attach.start({ file, name: file.name, size: file.size });
            event.target.value = '';
          }}
        />
      </div>
      {attach.error ? <Alert type="error" showIcon role="alert" title={problemText(attach.error)} /> : null}
    </div>
  );
}
