import type { PaperView } from '../../shared/types.ts';
import { m } from '../messages.ts';

/** A paper's verdict in words, and the tone it is shown in. */
export function verdictOf(paper: PaperView): { words: string; tone: string } {
  const verdicts = {
    received: { words: m.console_verdict_received(), tone: 'pill-brand' },
    accepted: { words: m.console_verdict_accepted(), tone: 'pill-done' },
    rejected: { words: m.console_verdict_rejected(), tone: 'pill-late' },
    replaced: { words: m.console_verdict_replaced(), tone: '' },
  };
  return verdicts[paper.verdict];
}
