import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { faultWords } from '../../../shared/form/fault-words.ts';
import { m } from '../../../shared/paraglide/messages.js';
import type { BenefitCard, RequestForm } from '../../../shared/types.ts';
import { findCard } from '../../data/find-card.ts';
import { useBenefits, useRequestForm } from '../../data/queries.ts';
import { DraftNote } from '../../pieces/DraftNote.tsx';
import { goToFault, useFocusOn } from '../../ui/focus.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { CardsSkeleton } from '../../ui/Skeleton.tsx';
import { ConsentStep } from '../apply/ConsentStep.tsx';
import { missingIn } from '../apply/missing.ts';
import { missingProofs, type Place, papersOf } from '../apply/request.ts';
import { DeviceCheck } from './DeviceCheck.tsx';
import { Read } from './Read.tsx';
import { Say } from './Say.tsx';
import { SendFault } from './SendFault.tsx';
import { useVideoRequest } from './use-request.ts';

const STEPS = ['say', 'devices', 'send'] as const;
const TITLES = { say: m.video_say, devices: m.video_devices, send: m.video_before };

/** Asking for a doctor: what is the matter, whether camera and microphone work, and what it is and is not. */
export default function Ask() {
  const { policyId = '', personId = '', service = '' } = useParams();
  const place = { service, policyId, personId };
  const form = useRequestForm(service, policyId, personId);
  const benefits = useBenefits();
  const card = benefits.data && findCard(benefits.data.items, place);
  if (form.data && card) return <Steps form={form.data} place={place} card={card} />;
  return (
    <Page title={m.video_ask()} up={`/m/video/${policyId}/${personId}/${service}`}>
      <Loaded query={form} skeleton={<CardsSkeleton />}>
        {() => <CardsSkeleton />}
      </Loaded>
    </Page>
  );
}

function Steps({ form, place, card }: { form: RequestForm; place: Place; card: BenefitCard }) {
  const [search, setSearch] = useSearchParams();
  const request = useVideoRequest(form, place, 'use');
  const { draft, fields, self } = request;
  const [tried, setTried] = useState(false);
  // In the address, so that the telephone's back key goes one step back; never past what is filled in.
  const at = Math.min(Number(search.get('step') ?? 0) || 0, draft.step, STEPS.length - 1);
  const step = STEPS[at]!;
  const heading = useFocusOn<HTMLHeadingElement>(step);
  const words = String(draft.values.complaint ?? '').trim();
  const said = words !== '' || papersOf(form, draft).some(({ kind }) => draft.papers[kind]);
  const readAll = form.notices.every(({ id }) => draft.acknowledged.includes(id));
  const missing = missingAt(step);
  const shared = { form, place, draft, change: request.change, faults: tried ? missing : {} };

  function missingAt(now: (typeof STEPS)[number]): Record<string, string> {
    const filled = { form, draft, self, faults: {}, fields };
    if (now === 'send') return missingIn('consent', filled);
    if (now === 'devices') return {};
    const faulty = fields.filter((field) => request.faults[field.name]);
    return {
      ...Object.fromEntries(faulty.map((field) => [field.name, faultWords(field, request.faults[field.name]!)])),
      ...(self ? {} : Object.fromEntries(missingProofs(draft).map((kind) => [kind, m.please_upload()]))),
      ...(said ? {} : { complaint: m.video_say_something() }),
    };
  }
  const next = () => {
    const found = Object.keys(missing).length > 0;
    setTried(found);
    if (found) goToFault();
    else if (step === 'send') request.send.start(draft);
    else {
      request.change({ step: Math.max(draft.step, at + 1) });
      setSearch({ step: String(at + 1) });
      window.scrollTo(0, 0);
    }
  };
  return (
    <Page
      title={card.name}
      up={`/m/video/${place.policyId}/${place.personId}/${place.service}`}
      aside={<span className="text-sm text-ink-2">{m.step_of({ n: at + 1, of: STEPS.length })}</span>}
      actions={
        <button type="button" className="btn btn-primary" disabled={request.send.running} onClick={next}>
          {request.send.running ? m.working() : step === 'send' ? m.video_queue_up() : m.next_step()}
        </button>
      }
    >
      <progress
        aria-label={m.step_of({ n: at + 1, of: STEPS.length })}
        value={at + 1}
        max={STEPS.length}
        className="meter"
      />
      <DraftNote keptAt={request.keptAt} onRestart={request.restart} />
      <h2 ref={heading} tabIndex={-1} className="mt-3 text-lg font-semibold">
        {TITLES[step]()}
      </h2>
      {!self && (
        <p className="mt-2 text-sm text-ink-2">{m.for_person({ name: card.person.name, no: card.policyNo })}</p>
      )}
      {step === 'say' && <Say {...shared} fields={fields} self={self} />}
      {step === 'devices' && <DeviceCheck />}
      {step === 'send' && (
        <>
          <Read texts={form.notices} />
          <label className="option mt-3">
            <input
              type="checkbox"
              className="tick"
              checked={readAll}
              onChange={() => request.change({ acknowledged: readAll ? [] : form.notices.map(({ id }) => id) })}
            />
            {m.video_read_all()}
          </label>
          {tried && !readAll && (
            <p role="alert" className="mt-1 text-sm font-medium text-late">
              {m.video_read_first()}
            </p>
          )}
          <ConsentStep {...shared} form={{ ...form, notices: [] }} />
          <SendFault error={request.send.error} name={card.name} hotline={card.hotline} />
        </>
      )}
    </Page>
  );
}
