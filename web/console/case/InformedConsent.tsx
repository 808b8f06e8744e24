import { useQuery } from '@tanstack/react-query';
import { get } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { CaseView, InformedConsentView, Role } from '../../shared/types.ts';
import { useSession } from '../data/queries.ts';
import { momentWords } from '../data/words.ts';
import { m } from '../messages.ts';

/** Desks that may read the consent; the server holds the same list. */
const READERS: readonly Role[] = ['service-desk', 'case-manager', 'supervisor'];

/** The informed consent of a case: who signs it, what was signed, and what holding it against its signature shows now. */
export function InformedConsent({ view }: { view: CaseView }) {
  const role = useSession().data?.account.role;
  const reached = view.steps.some(({ code, state }) => code === 'consent' && state !== 'next');
  const { data } = useQuery({
    queryKey: keys.informedConsent(view.id),
    queryFn: ({ signal }) => get<InformedConsentView>(`/api/cases/${view.id}/informed-consent`, undefined, signal),
    enabled: reached && role !== undefined && READERS.includes(role),
  });
  if (!data) return null;
  return (
    <div className="fact-group">
      <h3>{m.console_ic_title()}</h3>
      <p>
        <span className={PILL[pillOf(data)]}>{stateWords(data)}</span>
      </p>
      <dl className="pairs">
        {rowsOf(data).map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd style={{ overflowWrap: 'anywhere' }}>{value}</dd>
          </div>
        ))}
      </dl>
      {data.signature?.demonstration ? <p className="meta">{m.console_ic_demo()}</p> : null}
      <details>
        <summary className="meta">{m.console_ic_read()}</summary>
        <p style={{ whiteSpace: 'pre-line' }}>{data.text}</p>
      </details>
    </div>
  );
}

const PILL = { done: 'pill pill-done', late: 'pill pill-late', soon: 'pill pill-soon', plain: 'pill' } as const;
function pillOf({ state, signature }: InformedConsentView): keyof typeof PILL {
  if (state === 'signed') return signature?.check === 'intact' ? 'done' : 'late';
  return state === 'on-paper' ? 'done' : state === 'to-sign' ? 'soon' : 'plain';
}

function stateWords({ state, signature, signer, onScreen }: InformedConsentView): string {
  if (state === 'signed' && signature) return signature.checkLabel;
  if (state === 'on-paper') return m.console_ic_on_paper();
  if (state === 'none') return m.console_ic_none();
  return onScreen ? m.console_ic_waiting({ signer }) : m.console_ic_paper_only();
}

function rowsOf({ laboratory, version, state, signature }: InformedConsentView): [string, string][] {
  const base: [string, string][] = [
    [m.console_ic_laboratory(), laboratory],
    [m.console_ic_version(), String(version)],
  ];
  if (state !== 'signed' || !signature) return base;
  return [
    ...base,
    [m.console_ic_by(), signature.by],
    [m.console_ic_at(), momentWords(signature.at)],
    [m.console_ic_certificate(), signature.certificate],
  ];
}
