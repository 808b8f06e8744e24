import { Button, Popconfirm } from 'antd';
import { Link } from 'react-router';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import { serverNow } from '../../shared/now.ts';
import type { CaseView, DeskSlot } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';
import { urls } from '../urls.ts';

type SlotTableProps = { label: string; slots: DeskSlot[]; onClose: (slotId: string) => void };

/** A row a slot, whoever booked it beside it. */
export function SlotTable({ label, slots, onClose }: SlotTableProps) {
  return (
    <section aria-label={label} style={{ marginBottom: '1rem' }}>
      <h3>{label}</h3>
      <div className="grid-frame">
        <table className="grid">
          <thead>
            <tr>
              <th>{m.console_hospital_time()}</th>
              <th>{m.console_hospital_what()}</th>
              <th className="num">{m.console_hospital_taken()}</th>
              <th>{m.console_hospital_who()}</th>
              <th>{m.console_hospital_slot()}</th>
            </tr>
          </thead>
          <tbody>
            {slots.map((slot) => (
              <tr key={slot.id}>
                <td className="nowrap">{`${slot.startsAt.slice(11, 16)}–${slot.endsAt.slice(11, 16)}`}</td>
                <td>
                  {[slot.department, slot.doctor, slot.package].filter(Boolean).join(' · ')}{' '}
                  {slot.sample ? <span className="pill">{m.console_sample()}</span> : null}
                </td>
                <td className="num">{`${slot.taken} / ${slot.capacity}`}</td>
                <td>
                  {slot.booked.map((one) => (
                    <Booked key={one.id} one={one} />
                  ))}
                </td>
                <td>
                  <State slot={slot} onClose={onClose} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function State({ slot, onClose }: { slot: DeskSlot; onClose: (slotId: string) => void }) {
  if (slot.closed) return <span className="pill">{m.console_hospital_is_closed()}</span>;
  if (Date.parse(slot.startsAt) <= serverNow().getTime()) return null;
  const button = (now?: () => void) => (
    <Button size="small" onClick={now}>
      {m.console_hospital_close()}
    </Button>
  );
  return slot.taken === 0 ? (
    button(() => onClose(slot.id))
  ) : (
    <Popconfirm
      title={m.console_hospital_close_sure({ n: String(slot.taken) })}
      okText={m.console_hospital_close()}
      cancelText={m.cancel()}
      onConfirm={() => onClose(slot.id)}
    >
      {button()}
    </Popconfirm>
  );
}

/** Who comes; checking in is one press, everything else stands on the page of the case. */
function Booked({ one }: { one: DeskSlot['booked'][number] }) {
  const checkIn = useAction((body: object, key) => post<CaseView>(`/api/cases/${one.id}/events`, body, key), {
    refresh: [['hospital-day'], keys.worklist],
  });
  return (
    <div style={{ display: 'flex', gap: '.6rem', alignItems: 'center', flexWrap: 'wrap' }}>
      <Link to={urls.case(one.id)}>{one.person.name}</Link>
      <span className="meta">{`${one.number} · ${one.stateLabel}`}</span>
      {one.state === 'booked' ? (
        <Button
          size="small"
          type="primary"
          aria-label={m.console_hospital_check_in_of({ name: one.person.name })}
          disabled={checkIn.running}
          onClick={() => checkIn.start({ type: 'checkIn', version: one.version })}
        >
          {m.console_hospital_check_in()}
        </Button>
      ) : null}
      {checkIn.error ? <span role="alert">{problemText(checkIn.error)}</span> : null}
    </div>
  );
}
