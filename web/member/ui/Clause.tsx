import { m } from '../../shared/paraglide/messages.js';
import { listed } from '../../shared/words.ts';

export interface ClauseRef {
  printed: string | undefined;
  text: string | undefined;
}

/** The clauses behind something, by their printed numbers; their texts are folded, for those who want them. */
export function Clauses({ items }: { items: ClauseRef[] }) {
  const seen = new Map(items.filter((item) => item.printed).map((item) => [`${item.printed}`, item.text]));
  if (seen.size === 0) return null;
  const line = m.by_clause({ printed: listed([...seen.keys()]) });
  const texts = [...seen].filter(([, text]) => text);
  if (texts.length === 0) return <p className="mt-2 text-sm text-ink-2">{line}</p>;
  return (
    <details className="mt-3 text-sm text-ink-2">
      <summary className="min-h-11 content-center">{line}</summary>
      <ul className="space-y-2">
        {texts.map(([printed, text]) => (
          <li key={printed}>
            <span className="font-semibold">{printed}</span> {text}
          </li>
        ))}
      </ul>
    </details>
  );
}
