import { m } from '../../../shared/paraglide/messages.js';
import type { CaseView, VideoView } from '../../../shared/types.ts';
import { useTick, watch } from '../../../shared/use-tick.ts';
import { by, day, moment } from '../../../shared/words.ts';
import { Hotline } from '../../pieces/Benefit.tsx';

/** What a video consultation shows beside what every case shows: the place in the queue, the room, the doctor's note. */
export default function VideoPanel({ view, video }: { view: CaseView; video: VideoView }) {
  return (
    <>
      {video.act === 'open' && <Opened view={view} video={video} />}
      {video.place !== null && <Queue video={video} />}
      {video.appointment && !view.final && <Appointment video={video} />}
      {video.roomId && <Room video={video} />}
      {video.doctor && !video.roomId && <Doctor doctor={video.doctor} />}
      {video.note && <Note note={video.note} />}
      {video.followUp && <FollowUp followUp={video.followUp} />}
    </>
  );
}

function Opened({ view, video }: { view: CaseView; video: VideoView }) {
  if (video.validUntil)
    return (
      <section className="card mt-3" aria-label={m.video_open()}>
        <h2 className="font-semibold">{m.lapses_on({ day: day(video.validUntil) })}</h2>
        {video.opensAgainOn && <p className="mt-1">{m.video_opens_again({ day: day(video.opensAgainOn) })}</p>}
      </section>
    );
  if (view.final || !video.delayed) return null;
  return (
    <section className="card mt-3" aria-label={m.video_delayed()}>
      <h2 className="font-semibold text-soon">{m.video_delayed()}</h2>
      <p className="mt-1">{m.video_delayed_text()}</p>
      <Hotline number={video.hotline} />
    </section>
  );
}

/** How many are before her, since when, and what comes next. */
function Queue({ video }: { video: VideoView }) {
  const now = useTick();
  return (
    <section className="card mt-3 text-center" aria-label={m.video_queue()}>
      <h2 className="font-semibold">{m.video_queue()}</h2>
      <p className="text-xl font-semibold" role="status">
        {video.offered ? m.video_asking() : video.place === 1 ? m.video_next() : m.video_place({ n: video.place! - 1 })}
      </p>
      {video.since && (
        <p className="tabular-nums text-ink-2" role="timer" aria-label={m.video_waited()}>
          {m.video_waited_for({ time: watch(video.since, now) })}
        </p>
      )}
      {video.breached && video.callBack !== 'wanted' && (
        <p className="mt-2 rounded-xl bg-late-tint px-3 py-2 text-start text-late">{m.video_late()}</p>
      )}
      {video.callBack === 'wanted' && (
        <p className="mt-2 rounded-xl bg-brand-tint px-3 py-2 text-start">
          {video.telephone ? m.video_call_back_to({ number: video.telephone }) : m.video_call_back_wanted()}
        </p>
      )}
      <p className="mt-2 text-start text-ink-2">{m.video_queue_text()}</p>
    </section>
  );
}

function Appointment({ video }: { video: VideoView }) {
  const { at, agreed, why } = video.appointment!;
  return (
    <section className="card mt-3" aria-label={m.video_appointment()}>
      <h2 className="font-semibold">{m.video_appointment()}</h2>
      <p className="text-lg font-semibold">{moment(at)}</p>
      <p className="mt-1 whitespace-pre-line">{why}</p>
      <p className="mt-1 text-sm text-ink-2">{agreed ? m.video_appointment_agreed() : m.video_appointment_open()}</p>
    </section>
  );
}

function Room({ video }: { video: VideoView }) {
  return (
    <section className="card mt-3" aria-label={m.video_room()}>
      <h2 className="font-semibold">{video.byTelephone ? m.video_by_telephone() : m.video_doctor_here()}</h2>
      {video.doctor && <Who doctor={video.doctor} />}
      {video.byTelephone ? (
        <p className="mt-1">
          {video.telephone ? m.video_call_back_to_now({ number: video.telephone }) : m.video_by_telephone_text()}
        </p>
      ) : (
        <p className="mt-1">{m.video_enter_lead()}</p>
      )}
    </section>
  );
}

function Who({ doctor }: { doctor: NonNullable<VideoView['doctor']> }) {
  return (
    <p>
      {doctor.name} {doctor.rank}
      <span className="block text-sm text-ink-2">
        {doctor.hospital} · {doctor.department}
      </span>
    </p>
  );
}

function Doctor({ doctor }: { doctor: NonNullable<VideoView['doctor']> }) {
  return (
    <section className="card mt-3" aria-label={m.video_your_doctor()}>
      <h2 className="font-semibold">{m.video_your_doctor()}</h2>
      <Who doctor={doctor} />
    </section>
  );
}

/** The doctor's note. What needs help at once stands apart. */
function Note({ note }: { note: NonNullable<VideoView['note']> }) {
  return (
    <section className="card mt-3" aria-label={m.video_note()}>
      <h2 className="font-semibold">{m.video_note()}</h2>
      <p className="text-sm text-ink-2">{moment(note.at)}</p>
      <Part title={m.video_note_complaint()} text={note.complaint} />
      <Part title={m.video_note_advice()} text={note.advice} />
      <Part title={m.video_note_seek_care()} text={note.seekCare} />
      <div className="mt-3 rounded-xl bg-late-tint px-3 py-2">
        <h3 className="text-sm font-semibold text-late">{m.video_note_red_flags()}</h3>
        <p className="whitespace-pre-line">{note.redFlags}</p>
        <a className="btn btn-costly mt-2 w-full" href="tel:120">
          {m.card_call_120()}
        </a>
      </div>
      <p className="mt-2 text-sm text-ink-2">{m.video_note_foot()}</p>
    </section>
  );
}

function Part({ title, text }: { title: string; text: string }) {
  return (
    <>
      <h3 className="mt-2 text-sm font-semibold text-ink-2">{title}</h3>
      <p className="whitespace-pre-line">{text}</p>
    </>
  );
}

function FollowUp({ followUp }: { followUp: NonNullable<VideoView['followUp']> }) {
  return (
    <section className="card mt-3" aria-label={m.video_follow_up()}>
      <h2 className="font-semibold">{m.video_follow_up()}</h2>
      {followUp.asked ? (
        <>
          <Part title={m.video_you_asked()} text={followUp.asked} />
          {followUp.answered ? (
            <Part title={m.video_answered()} text={followUp.answered} />
          ) : (
            <p className="mt-1 text-ink-2">{m.video_answer_comes()}</p>
          )}
        </>
      ) : (
        <p className="mt-1">{m.video_follow_up_until({ by: by(followUp.until) })}</p>
      )}
    </section>
  );
}
