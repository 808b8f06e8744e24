import { useEffect, useRef } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { m } from '../messages.ts';
import { urls } from '../urls.ts';
import { Offer } from './Offer.tsx';
import { useDoctorDesk } from './queries.ts';
import { usePresence } from './use-presence.ts';
import './video.css';

/**
 * A doctor on duty is there on whatever page of the console she reads: she is heard of, a call that is offered shows at
 * once, and a call that is on leads back to its room. On her desk all this stands in its own place.
 */
export default function OnDuty() {
  const desk = useDoctorDesk().data;
  const { pathname } = useLocation();
  const navigate = useNavigate();
  usePresence(desk);
  const atDesk = pathname.startsWith(urls.consult());
  // Accepted on another page: the room is on the desk.
  const call = desk?.call?.roomId;
  const offered = useRef(false);
  useEffect(() => {
    if (call && offered.current && !atDesk) navigate(urls.consult());
    offered.current = Boolean(desk?.offer);
  }, [call, desk?.offer, atDesk, navigate]);
  if (atDesk || !desk) return null;
  if (desk.call)
    return (
      <section className="video-elsewhere" aria-label={m.console_video_call_on()}>
        <p>{m.console_video_call_on()}</p>
        <Link className="ant-btn ant-btn-primary" to={urls.consult()}>
          {m.console_video_back_to_call()}
        </Link>
      </section>
    );
  return desk.offer ? (
    <div className="video-elsewhere">
      <Offer key={desk.offer.id} offer={desk.offer} />
    </div>
  ) : null;
}
