import { Link, useNavigate } from 'react-router';
import { ApiProblem, post } from '../../../shared/api.ts';
import { keys } from '../../../shared/keys.ts';
import { m } from '../../../shared/paraglide/messages.js';
import type { ComplaintFiled } from '../../../shared/types.ts';
import { useAction } from '../../../shared/use-action.ts';
import { useBenefits } from '../../data/queries.ts';
import { useSession } from '../../data/session.ts';
import { useDraft } from '../../data/use-draft.ts';
import { DraftNote } from '../../pieces/DraftNote.tsx';
import { Field } from '../../ui/Field.tsx';
import { ActionFault } from '../../ui/Loaded.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { type About, namedIn } from './about.ts';

const KINDS = {
  case: m.complaint_kind_case,
  decision: m.appeal,
  service: m.complaint_kind_service,
  conduct: m.complaint_kind_conduct,
  waiting: m.complaint_kind_waiting,
  data: m.complaint_kind_data,
  other: m.complaint_kind_other,
} as const;
type Kind = keyof typeof KINDS;
const ALWAYS: readonly Kind[] = ['conduct', 'waiting', 'data', 'other'];

/** What may be complained of here: of a decision it is an appeal, of a case or service that, and what concerns any. */
function kindsOf({ caseId, decisionId, service }: About): Kind[] {
  if (decisionId) return ['decision'];
  return [...(caseId ? (['case'] as const) : service ? (['service'] as const) : []), ...ALWAYS];
}

/** Files a complaint and shows it; one that is open about the same is opened instead. */
export function FileSheet({ about, onClose }: { about: About; onClose: () => void }) {
  const session = useSession();
  const navigate = useNavigate();
  const kinds = kindsOf(about);
  const me = session.account.personId ?? '';
  const others = new Map(
    (useBenefits().data?.items ?? [])
      .map(({ person }) => [person.id, person.name] as const)
      .filter(([id]) => id !== me),
  );
  // What hurt is written down once: it outlives a closed tab and a lost line.
  const kept = useDraft<{ kind: Kind; personId: string; text: string }>(
    `complaint/${about.decisionId ?? about.caseId ?? about.service ?? ''}`,
    () => ({ kind: kinds[0]!, personId: about.personId ?? me, text: '' }),
  );
  const { kind, personId, text } = kept.value;
  const change = (part: Partial<typeof kept.value>) => kept.change((before) => ({ ...before, ...part }));
  const file = useAction((body: object, key) => post<ComplaintFiled>('/api/complaints', body, key), {
    refresh: [keys.complaints, ...(about.decisionId ? [keys.decision(about.decisionId)] : [])],
    onDone: ({ id }) => {
      kept.drop();
      return navigate(`/m/complaints/${id}`);
    },
  });
  const open =
    file.error instanceof ApiProblem ? (file.error.document as { complaintId?: string }).complaintId : undefined;
  const choosesWhom = !about.caseId && !about.decisionId && others.size > 0;
  return (
    <Sheet
      open
      title={m.help_complain()}
      onClose={onClose}
      actions={
        <button
          type="button"
          className="btn btn-primary"
          disabled={file.running || text.trim().length < 5}
          onClick={() =>
            file.start({ kind, ...namedIn(about), ...(choosesWhom ? { personId } : {}), text: text.trim() })
          }
        >
          {m.complaint_send()}
        </button>
      }
    >
      <p className="text-ink-2">{m.help_complain_text()}</p>
      <DraftNote keptAt={kept.keptAt} onRestart={kept.restart} />
      {kinds.length > 1 && (
        <Field label={m.complaint_kind()}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={kind}
              onChange={(event) => change({ kind: event.target.value as Kind })}
            >
              {kinds.map((one) => (
                <option key={one} value={one}>
                  {KINDS[one]()}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {choosesWhom && (
        <Field label={m.complaint_for()}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={personId}
              onChange={(event) => change({ personId: event.target.value })}
            >
              <option value={me}>{m.complaint_for_me()}</option>
              {[...others].map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field label={m.complaint_text()} hint={m.complaint_text_hint()}>
        {(control) => (
          <textarea
            {...control}
            rows={6}
            maxLength={2000}
            className="input"
            value={text}
            onChange={(event) => change({ text: event.target.value })}
          />
        )}
      </Field>
      <ActionFault error={file.error} />
      {open && (
        <Link className="link" to={`/m/complaints/${open}`}>
          {m.complaint_open_it()}
        </Link>
      )}
    </Sheet>
  );
}
