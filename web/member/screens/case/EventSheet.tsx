import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiProblem, post } from '../../../shared/api.ts';
import { faultWords } from '../../../shared/form/fault-words.ts';
import { readFields } from '../../../shared/form/fields.ts';
import { placeProblems } from '../../../shared/form/problems.ts';
import { findFaults, initialValues, toPayload, type Values } from '../../../shared/form/values.ts';
import { keys } from '../../../shared/keys.ts';
import { m } from '../../../shared/paraglide/messages.js';
import { getLocale } from '../../../shared/paraglide/runtime.js';
import type { AllowedEvent, CaseView } from '../../../shared/types.ts';
import { useAction } from '../../../shared/use-action.ts';
import { useDraft } from '../../data/use-draft.ts';
import { type ChosenRow, FormFields } from '../../form/FormFields.tsx';
import { DraftNote } from '../../pieces/DraftNote.tsx';
import { ActionFault } from '../../ui/Loaded.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { confirmWords } from './events.ts';

interface EventSheetProps {
  view: CaseView;
  event: AllowedEvent;
  onClose: () => void;
}

/** One event of the case with its form. What cannot be undone or costs a right is asked in a second step. */
export function EventSheet({ view, event, onClose }: EventSheetProps) {
  const client = useQueryClient();
  const fields = readFields(event.schema, getLocale());
  const kept = useDraft<{ values: Values; labels: Record<string, ChosenRow> }>(
    `event/${view.id}/${event.type}`,
    () => ({
      values: initialValues(fields),
      labels: {},
    }),
  );
  const { values, labels } = kept.value;
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [confirming, setConfirming] = useState(false);
  const send = useAction((body: object, key) => post<CaseView>(`/api/cases/${view.id}/events`, body, key), {
    refresh: [keys.cases, keys.benefits],
    onDone: (next) => {
      kept.drop();
      client.setQueryData(keys.case(view.id), next);
      onClose();
    },
  });
  const problem = send.error instanceof ApiProblem ? send.error : undefined;
  // A slot that somebody else took meanwhile is said beside the slots, which are read anew.
  const taken = problem?.document.code === 'conflict';
  const stale = problem?.status === 409 && !taken;
  useEffect(() => {
    if (taken) void client.invalidateQueries({ queryKey: keys.slots(view.id) });
  }, [taken, client, view.id]);
  const placed = problem?.document.problems ? placeProblems(problem.document, fields) : undefined;

  const next = () => {
    const found = findFaults(fields, values);
    setFaults(
      Object.fromEntries(
        fields.flatMap((field) => (found[field.name] ? [[field.name, faultWords(field, found[field.name]!)]] : [])),
      ),
    );
    if (Object.keys(found).length > 0) return;
    if (event.weight === 'costly' && !confirming) setConfirming(true);
    else send.start({ type: event.type, version: view.version, ...toPayload(fields, values) });
  };
  const reread = () => {
    void client.invalidateQueries({ queryKey: keys.case(view.id) });
    onClose();
  };

  const costly = event.weight === 'costly';
  return (
    <Sheet
      open
      title={event.label}
      onClose={onClose}
      actions={
        stale ? (
          <button type="button" className="btn btn-primary" onClick={reread}>
            {m.see_newest()}
          </button>
        ) : (
          <>
            <button
              type="button"
              className={`btn ${costly ? 'btn-costly' : 'btn-primary'}`}
              disabled={send.running}
              onClick={next}
            >
              {send.running ? m.working() : costly && !confirming ? m.next_step() : confirmWords(event)}
            </button>
            {costly && (
              <button
                type="button"
                className="btn btn-ghost"
                disabled={send.running}
                onClick={confirming ? () => setConfirming(false) : onClose}
              >
                {m.cancel()}
              </button>
            )}
          </>
        )
      }
    >
      {event.warning && (
        <p className={`mt-2 rounded-xl px-3 py-2 ${costly ? 'bg-late-tint text-late' : 'bg-soon-tint text-soon'}`}>
          {event.warning}
        </p>
      )}
      {fields.length > 0 && <DraftNote keptAt={kept.keptAt} onRestart={kept.restart} />}
      {confirming ? (
        <p className="mt-3 font-semibold">{m.sure()}</p>
      ) : (
        <FormFields
          fields={fields}
          values={values}
          faults={{ ...placed?.fields, ...faults }}
          labels={labels}
          sources={{
            personId: view.person.id,
            caseId: view.id,
            illnesses: null,
            paperKinds: view.papers.map(({ kind, kindName }) => ({ kind, name: kindName })),
          }}
          onChange={(name, value) =>
            kept.change((before) => ({ ...before, values: { ...before.values, [name]: value } }))
          }
          onLabel={(id, row) => kept.change((before) => ({ ...before, labels: { ...before.labels, [id]: row } }))}
        />
      )}
      {stale ? (
        <p role="alert" className="mt-3 rounded-xl bg-soon-tint px-3 py-2 text-soon">
          {m.case_moved_on()}
        </p>
      ) : placed ? (
        placed.rest.map((text) => (
          <p key={text} role="alert" className="mt-3 text-late">
            {text}
          </p>
        ))
      ) : (
        <ActionFault error={send.error} />
      )}
    </Sheet>
  );
}
