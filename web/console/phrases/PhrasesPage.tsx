import { Button } from 'antd';
import { useState } from 'react';
import type { PhraseView } from '../../shared/types.ts';
import { usePhrases } from '../data/queries.ts';
import { momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { Screen } from '../states/Screen.tsx';
import { nameOfUse, PhraseDialog } from './PhraseDialog.tsx';

/** The texts a team keeps for members, notes and calls. */
export default function PhrasesPage() {
  const phrases = usePhrases();
  const [editing, setEditing] = useState<PhraseView | 'new' | null>(null);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_nav_phrases()}</h1>
        <span className="meta">
          {m.console_phrases_what({ number: '{number}', service: '{service}', next: '{next}' })}
        </span>
        <Button type="primary" onClick={() => setEditing('new')}>
          {m.console_phrase_new()}
        </Button>
      </div>
      <Screen query={phrases} empty={{ when: (rows) => rows.length === 0, title: m.console_phrases_none() }}>
        {(rows) => (
          <div className="grid-frame">
            <table className="grid">
              <thead>
                <tr>
                  <th>{m.console_phrase_title()}</th>
                  <th>{m.console_phrase_text()}</th>
                  <th>{m.console_phrase_uses()}</th>
                  <th>{m.console_phrase_changed()}</th>
                  <th>
                    <span className="visually-hidden">{m.console_phrase_change()}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id} className={row.retired ? 'gone' : ''}>
                    <td className="nowrap">
                      {row.title} {row.retired ? <span className="pill">{m.console_phrase_retired()}</span> : null}
                    </td>
                    <td style={{ whiteSpace: 'pre-line' }}>{row.text}</td>
                    <td>{row.uses.map(nameOfUse).join(m.console_comma())}</td>
                    <td className="nowrap meta">
                      {row.changedBy} {momentWords(row.changedAt)}
                    </td>
                    <td>
                      <Button
                        size="small"
                        aria-label={m.console_phrase_change_of({ title: row.title })}
                        onClick={() => setEditing(row)}
                      >
                        {m.console_phrase_change()}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Screen>
      {editing ? (
        <PhraseDialog phrase={editing === 'new' ? undefined : editing} onClose={() => setEditing(null)} />
      ) : null}
    </div>
  );
}
