import { Select } from 'antd';
import { useState } from 'react';
import type { PhraseUse } from '../../shared/types.ts';
import { useFilledPhrases } from '../data/queries.ts';
import { m } from '../messages.ts';

type InsertPhraseProps = { caseId: string; use: PhraseUse; onInsert: (text: string) => void };

/** Puts one of the team's phrases into a text; the server has filled in number, service and next step of the case. */
export function InsertPhrase({ caseId, use, onInsert }: InsertPhraseProps) {
  const [open, setOpen] = useState(false);
  const phrases = useFilledPhrases(caseId, use, open);
  return (
    <Select
      size="small"
      aria-label={m.console_phrase_insert()}
      placeholder={m.console_phrase_insert()}
      style={{ width: '100%' }}
      open={open}
      onOpenChange={setOpen}
      value={null}
      loading={open && phrases.isPending}
      notFoundContent={phrases.isPending ? m.console_loading() : m.console_phrase_insert_none()}
      options={(phrases.data ?? []).map(({ id, title, text }) => ({ value: id, label: title, title: text }))}
      onChange={(id: string | null) => {
        const picked = phrases.data?.find((one) => one.id === id);
        if (picked) onInsert(picked.text);
      }}
    />
  );
}
