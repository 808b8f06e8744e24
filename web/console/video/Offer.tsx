import { Alert, Button } from 'antd';
import { useEffect } from 'react';
import { post } from '../../shared/api.ts';
import { playTones } from '../../shared/call/sound.ts';
import { keys } from '../../shared/keys.ts';
import type { DoctorDesk } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { useTick, watch } from '../../shared/use-tick.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';

type OfferView = NonNullable<DoctorDesk['offer']>;

/** Somebody who waits, offered to this doctor alone for some seconds: without her name, but with what it is about. */
export function Offer({ offer }: { offer: OfferView }) {
  const now = useTick();
  useEffect(() => void playTones(), []);
  const left = Math.max(0, Math.ceil((Date.parse(offer.until) - now.getTime()) / 1000));
  const answer = useAction(
    (what: 'accept' | 'decline', key) => post(`/api/video/offers/${offer.id}/${what}`, {}, key),
    { refresh: [keys.videoDesk] },
  );
  const media = {
    words: m.console_video_medium_words,
    picture: m.console_video_medium_picture,
    telephone: m.console_video_medium_telephone,
  };
  return (
    <section className="section video-offer" role="alertdialog" aria-label={m.console_video_offer()}>
      <div className="row-between">
        <h2>{m.console_video_offer()}</h2>
        <span className="video-left" role="timer">
          {m.console_video_left({ n: String(left) })}
        </span>
      </div>
      <p className="row">
        {offer.emergency ? <span className="pill pill-late">{m.console_video_emergency()}</span> : null}
        {offer.again ? <span className="pill pill-soon">{m.console_video_again()}</span> : null}
        <span className="pill">{media[offer.medium]()}</span>
        <span className="meta">{m.console_video_waited({ time: watch(offer.waitedSince, now) })}</span>
      </p>
      <p className="video-complaint">{offer.complaint || m.console_video_no_words()}</p>
      {answer.error ? <Alert type="error" showIcon role="alert" title={problemText(answer.error)} /> : null}
      <div className="row">
        <Button
          type="primary"
          size="large"
          autoFocus
          style={{ flex: 1 }}
          loading={answer.running}
          disabled={left === 0}
          onClick={() => answer.start('accept')}
        >
          {m.console_video_accept()}
        </Button>
        <Button size="large" disabled={answer.running || left === 0} onClick={() => answer.start('decline')}>
          {m.console_video_decline()}
        </Button>
      </div>
    </section>
  );
}
