import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { ApiProblem, post } from '../../../shared/api.ts';
import { readFields } from '../../../shared/form/fields.ts';
import { findFaults, initialValues } from '../../../shared/form/values.ts';
import { keys } from '../../../shared/keys.ts';
import { m } from '../../../shared/paraglide/messages.js';
import { getLocale } from '../../../shared/paraglide/runtime.js';
import type { CreatedCase, DecisionView, RequestForm } from '../../../shared/types.ts';
import { useAction } from '../../../shared/use-action.ts';
import { useRequestForm } from '../../data/queries.ts';
import { useSession } from '../../data/session.ts';
import { useDraft } from '../../data/use-draft.ts';
import { DraftNote } from '../../pieces/DraftNote.tsx';
import { goToFault, useFocusOn } from '../../ui/focus.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { CardsSkeleton, ScreenSkeleton } from '../../ui/Skeleton.tsx';
import { ConsentStep } from './ConsentStep.tsx';
import { type Draft, emptyDraft } from './draft.ts';
import { IllnessStep } from './IllnessStep.tsx';
import { missingIn } from './missing.ts';
import { PapersStep } from './PapersStep.tsx';
import { ReviewStep } from './ReviewStep.tsx';
import { type Place, type StepCode, stepsOf, toQuestion, toRequest } from './request.ts';
import { WishesStep } from './WishesStep.tsx';

/** An application, one step a screen, driven by the form the server gives for this service, policy and person. */
export default function Apply() {
  const { policyId = '', personId = '', service = '' } = useParams();
  const form = useRequestForm(service, policyId, personId);
  if (form.data)
    return (
      <Wizard key={`${policyId}/${personId}/${service}`} form={form.data} place={{ service, policyId, personId }} />
    );
  return (
    <Page title={m.apply()} up="/">
      <Loaded query={form} skeleton={<CardsSkeleton />}>
        {() => null}
      </Loaded>
    </Page>
  );
}

export interface StepProps {
  form: RequestForm;
  place: Place;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  /** What keeps the reader from going on, by the name of what is missing; empty until they tried. */
  faults: Record<string, string>;
}

const TITLES: Record<StepCode, () => string> = {
  illness: m.step_illness,
  wishes: m.step_wishes,
  papers: m.step_papers,
  consent: m.step_consent,
  review: m.step_review,
};

function Wizard({ form: asked, place }: { form: RequestForm; place: Place }) {
  const session = useSession();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [search, setSearch] = useSearchParams();
  const self = place.personId === session.account.personId;
  // The entry of an item opens that form, and each entry keeps a draft of its own.
  const item = search.get('item');
  const slot = ['apply', place.policyId, place.personId, place.service, item].filter(Boolean).join('/');
  const fields = readFields(asked.schema, getLocale());
  const steps = stepsOf(asked, fields, self);
  const kept = useDraft<Draft>(slot, () => ({
    ...emptyDraft(self),
    values: { ...initialValues(fields), ...(item === null ? {} : { item }) },
  }));
  const draft = kept.value;
  // The chosen hospital may name the provider that the consent is for.
  const hospitalId = String(draft.values.hospital ?? '');
  const form =
    useRequestForm(place.service, place.policyId, place.personId, hospitalId ? { hospitalId } : {}).data ?? asked;
  const [tried, setTried] = useState(false);
  // The step stands in the address, so that the telephone's back key goes one step back; never past what is filled in.
  // What comes back after the tab was closed goes on where it was left.
  const wanted = search.get('step') ?? (kept.restored ? draft.step : 0);
  const reached = Math.min(Number(wanted) || 0, draft.step, steps.length - 1);
  const step = steps[reached]!;

  const change = (part: Partial<Draft>) => kept.change((before) => ({ ...before, ...part }));
  const heading = useFocusOn<HTMLHeadingElement>(step);
  const go = (to: number) => {
    setTried(false);
    change({ step: Math.max(draft.step, to) });
    setSearch({ ...(item === null ? {} : { item }), step: String(to) });
    window.scrollTo(0, 0);
  };

  const ask = useAction(
    (_: number, key) => post<DecisionView>('/api/decisions', toQuestion(place, form, fields, draft), key),
    {
      onDone: (decision) => decision.outcome !== 'refused' && go(reached + 1),
    },
  );
  const send = useAction(
    (_: string, key) => post<CreatedCase>('/api/cases', toRequest(place, form, fields, draft), key),
    {
      refresh: [keys.cases, keys.benefits],
      onDone: (created) => {
        kept.drop();
        // Who filed for an adult that has yet to consent sees this once, and may not read it again.
        client.setQueryData(keys.case(created.id), created);
        navigate(`/m/cases/${created.id}?new=1`, { replace: true });
      },
    },
  );
  const refusedAs = send.error instanceof ApiProblem ? send.error.document.decisionId : undefined;
  useEffect(() => {
    if (refusedAs) navigate(`/m/decisions/${refusedAs}`, { replace: true });
  }, [refusedAs, navigate]);

  const missing = missingIn(step, { form, draft, self, faults: findFaults(fields, draft.values), fields });
  const next = () => {
    if (Object.keys(missing).length > 0) {
      setTried(true);
      goToFault();
      return;
    }
    if (step === 'review') send.start(JSON.stringify(draft));
    // Told before papers are fetched and photographed, not after.
    else if (step === 'illness') ask.start(Date.now());
    else go(reached + 1);
  };
  const busy = ask.running || send.running;
  const shared: StepProps = { form, place, draft, change, faults: tried ? missing : {} };
  const refused = ask.output?.outcome === 'refused' ? ask.output : undefined;

  if (!kept.ready) return <ScreenSkeleton />;
  return (
    <Page
      title={form.name}
      up={`/m/services/${place.policyId}/${place.personId}/${place.service}`}
      aside={<span className="text-sm text-ink-2">{m.step_of({ n: reached + 1, of: steps.length })}</span>}
      actions={
        <button type="button" className="btn btn-primary" disabled={busy} onClick={next}>
          {busy ? m.working() : step === 'review' ? m.submit_request() : m.next_step()}
        </button>
      }
    >
      <progress
        aria-label={m.step_of({ n: reached + 1, of: steps.length })}
        value={reached + 1}
        max={steps.length}
        className="meter"
      />
      <DraftNote
        keptAt={kept.keptAt}
        onRestart={() => {
          kept.restart();
          setTried(false);
          ask.reset();
          setSearch({}, { replace: true });
        }}
      />
      <h2 ref={heading} tabIndex={-1} className="mt-3 text-lg font-semibold">
        {TITLES[step]()}
      </h2>
      {form.sampleLabel && <p className="text-sm text-ink-2">{form.sampleLabel}</p>}
      {step === 'illness' && (
        <IllnessStep {...shared} self={self} refused={refused} error={ask.error} onEdit={ask.reset} />
      )}
      {step === 'wishes' && <WishesStep {...shared} fields={fields} />}
      {step === 'papers' && <PapersStep {...shared} />}
      {step === 'consent' && <ConsentStep {...shared} />}
      {step === 'review' && (
        <ReviewStep {...shared} fields={fields} error={send.error} onGo={(code) => go(steps.indexOf(code))} />
      )}
    </Page>
  );
}
