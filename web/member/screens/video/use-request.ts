import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { ApiProblem, post } from '../../../shared/api.ts';
import { readFields } from '../../../shared/form/fields.ts';
import { findFaults, initialValues } from '../../../shared/form/values.ts';
import { keys } from '../../../shared/keys.ts';
import { getLocale } from '../../../shared/paraglide/runtime.js';
import type { CreatedCase, RequestForm } from '../../../shared/types.ts';
import { useAction } from '../../../shared/use-action.ts';
import { useSession } from '../../data/session.ts';
import { useDraft } from '../../data/use-draft.ts';
import { type Draft, emptyDraft } from '../apply/draft.ts';
import { type Place, toRequest } from '../apply/request.ts';

/** What is filled in of a request to open or to use, kept on the device until it is sent, and the sending of it. */
export function useVideoRequest(form: RequestForm, place: Place, act: 'open' | 'use') {
  const session = useSession();
  const navigate = useNavigate();
  const client = useQueryClient();
  const self = place.personId === session.account.personId;
  const slot = `apply/${place.policyId}/${place.personId}/${place.service}/${act}`;
  // Opening asks nothing of the question itself.
  const fields = act === 'open' ? [] : readFields(form.schema, getLocale());
  const kept = useDraft<Draft>(slot, () => ({ ...emptyDraft(self), values: initialValues(fields) }));
  const draft = kept.value;
  const send = useAction(
    (sent: Draft, key) => post<CreatedCase>('/api/cases', { ...toRequest(place, form, fields, sent), act }, key),
    {
      refresh: [keys.cases, keys.benefits],
      onDone: (created) => {
        kept.drop();
        client.setQueryData(keys.case(created.id), created);
        navigate(`/m/cases/${created.id}?new=1`, { replace: true });
      },
    },
  );
  const refusedAs = send.error instanceof ApiProblem ? send.error.document.decisionId : undefined;
  useEffect(() => {
    if (refusedAs) navigate(`/m/decisions/${refusedAs}`, { replace: true });
  }, [refusedAs, navigate]);
  return {
    self,
    fields,
    draft,
    keptAt: kept.keptAt,
    restart: kept.restart,
    change: (part: Partial<Draft>) => kept.change((before) => ({ ...before, ...part })),
    faults: findFaults(fields, draft.values),
    send,
  };
}
