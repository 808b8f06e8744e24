import { type ReactNode, useState } from 'react';
import { m } from '../../../shared/paraglide/messages.js';
import type { BenefitCard, RequestForm, VideoStanding } from '../../../shared/types.ts';
import { day } from '../../../shared/words.ts';
import { Page } from '../../ui/Page.tsx';
import { ConsentStep } from '../apply/ConsentStep.tsx';
import { missingIn } from '../apply/missing.ts';
import { Relation } from '../apply/Relation.tsx';
import { consentKey, consentsOf, missingProofs, type Place } from '../apply/request.ts';
import { Read } from './Read.tsx';
import { SendFault } from './SendFault.tsx';
import { useVideoRequest } from './use-request.ts';

interface OpeningProps {
  card: BenefitCard;
  form: RequestForm;
  place: Place;
  standing: VideoStanding;
  /** For whom: chosen above everything else. */
  who: ReactNode;
}

/**
 * Applying for the service. The first time what it is and is not is ticked line by line; after a lapse the same words
 * stand above one button, whose own words say that they are agreed to.
 */
export function Opening({ card, form, place, standing, who }: OpeningProps) {
  const request = useVideoRequest(form, place, 'open');
  const [tried, setTried] = useState(false);
  const again = standing.state === 'lapsed';
  const draft = again
    ? {
        ...request.draft,
        acknowledged: form.notices.map(({ id }) => id),
        consents: consentsOf(form, { values: {} }).map(consentKey),
      }
    : request.draft;
  const missing = {
    ...missingIn('consent', { form, draft, self: request.self, faults: {}, fields: [] }),
    ...(request.self ? {} : Object.fromEntries(missingProofs(draft).map((kind) => [kind, m.please_upload()]))),
  };
  const step = { form, place, draft, change: request.change, faults: tried ? missing : {} };
  const next = () => {
    setTried(true);
    if (Object.keys(missing).length > 0)
      requestAnimationFrame(() =>
        document.querySelector<HTMLElement>('main [role=alert]')?.scrollIntoView({ block: 'center' }),
      );
    else request.send.start(draft);
  };
  return (
    <Page
      title={card.name}
      up="/"
      actions={
        <button
          type="button"
          className="btn btn-primary min-h-16 text-lg"
          disabled={request.send.running}
          onClick={next}
        >
          {request.send.running ? m.working() : again ? m.video_open_again() : m.video_apply()}
        </button>
      }
    >
      {who}
      <p className="mt-2">{card.gives}</p>
      {again && standing.validUntil && (
        <p className="mt-2 rounded-xl bg-soon-tint px-3 py-2 text-soon">
          {m.video_lapsed({ day: day(standing.validUntil) })}
        </p>
      )}
      <h2 className="mt-3 text-lg font-semibold">{m.video_apply()}</h2>
      <p className="mt-1 text-ink-2">{m.video_year()}</p>
      {!request.self && <Relation {...step} />}
      {again ? <Read texts={[...form.notices, ...consentsOf(form, { values: {} })]} /> : <ConsentStep {...step} />}
      <SendFault error={request.send.error} name={card.name} hotline={card.hotline} />
    </Page>
  );
}
