import { FileImageOutlined, FilePdfOutlined, FileZipOutlined } from '@ant-design/icons';
import { formatBytes } from '../../shared/format.ts';
import type { PaperView } from '../../shared/types.ts';
import { momentWords } from '../data/words.ts';
import { verdictOf } from './verdict.ts';

const ICONS = { jpg: FileImageOutlined, png: FileImageOutlined, pdf: FilePdfOutlined, zip: FileZipOutlined };

type PaperRowProps = { paper: PaperView; open: boolean; onOpen: () => void };

/** One paper. It is drawn without its picture, because every opening of a paper is recorded and a list is no opening. */
export function PaperRow({ paper, open, onOpen }: PaperRowProps) {
  const { words, tone } = verdictOf(paper);
  const Icon = ICONS[paper.type];
  return (
    <button type="button" className="paper-row" aria-pressed={open} onClick={onOpen}>
      <span className="paper-thumb">
        <Icon aria-hidden style={{ fontSize: '1.5rem' }} />
      </span>
      <span>
        <span className="row-between">
          <span style={{ overflowWrap: 'anywhere' }}>{paper.fileName}</span>
          <span className={`pill ${tone}`} style={{ whiteSpace: 'nowrap' }}>
            {words}
          </span>
        </span>
        <small>
          {momentWords(paper.receivedAt)} · {formatBytes(paper.bytes)}
        </small>
        {paper.reason ? <small>{paper.reason}</small> : null}
      </span>
    </button>
  );
}
