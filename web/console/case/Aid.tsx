import { phasesOf, progressOf, useAid, whenOf } from '../../shared/aid.ts';
import type { CaseView } from '../../shared/types.ts';
import { listed } from '../../shared/words.ts';
import { useSession } from '../data/queries.ts';
import { dayWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { Facts } from './FactsColumn.tsx';

/** Charity aid: the programme's version, where its round stands, what comes next, and the ledger box by box. */
export function Aid({ view }: { view: CaseView }) {
  const aid = useAid(view, useSession().data?.account.role).data;
  if (!aid?.programme) return null;
  const { programme, next } = aid;
  return (
    <>
      <Facts
        title={m.aid_title()}
        rows={[
          [m.lists_aid(), `${programme.name}${programme.sample ? ` (${m.console_sample()})` : ''}`],
          [m.console_aid_charity(), programme.charity],
          [m.console_aid_version(), m.lists_version({ version: String(programme.version) })],
          [m.console_aid_drug(), aid.drug ?? ''],
          [m.lists_phases(), phasesOf(programme)],
          [m.console_aid_papers(), listed(programme.papers)],
          [m.console_aid_progress(), progressOf(aid)],
          [m.console_aid_next(), next ? [next.label, whenOf(next)].filter(Boolean).join(' · ') : ''],
        ]}
      />
      {aid.boxes.length > 0 ? (
        <Facts
          title={m.aid_boxes()}
          rows={aid.boxes.map(({ number, round, label, on }): [string, string] => [
            m.aid_box({ number: String(number), round: String(round) }),
            `${label} · ${dayWords(on)}`,
          ])}
        />
      ) : null}
    </>
  );
}
