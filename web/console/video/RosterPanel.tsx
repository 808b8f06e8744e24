import { Alert, Button, Checkbox, DatePicker, Form, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { post, remove } from '../../shared/api.ts';
import { dayOf } from '../../shared/format.ts';
import { keys } from '../../shared/keys.ts';
import type { Roster } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { momentWords } from '../data/words.ts';
import { keepEnter } from '../forms/keep-enter.ts';
import { m } from '../messages.ts';
import { Screen } from '../states/Screen.tsx';
import { useRoster } from './queries.ts';

const WEEK = 7 * 86_400_000;

/** Who is to be on duty in the week to come, and who stands by. */
export function RosterPanel({ now, writes }: { now: string; writes: boolean }) {
  const from = dayOf(now);
  const roster = useRoster(from, dayOf(new Date(Date.parse(now) + WEEK)));
  const drop = useAction((id: string) => remove(`/api/video/roster/${id}`), {
    refresh: [keys.videoRoster, keys.videoBoard],
  });
  return (
    <section className="section" aria-label={m.console_video_roster()}>
      <h2>{m.console_video_roster()}</h2>
      <Screen query={roster}>
        {({ items, doctors }) => (
          <>
            {items.length === 0 ? <p className="meta">{m.console_video_roster_none()}</p> : null}
            {items.length > 0 ? (
              <table className="grid">
                <thead>
                  <tr>
                    <th>{m.console_video_doctor()}</th>
                    <th>{m.console_video_from()}</th>
                    <th>{m.console_video_to()}</th>
                    <th>{m.console_video_kind()}</th>
                    {writes ? <th>{m.console_video_remove()}</th> : null}
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <tr key={item.id}>
                      <td>{item.name}</td>
                      <td className="nowrap">{momentWords(item.from)}</td>
                      <td className="nowrap">{momentWords(item.to)}</td>
                      <td>{item.standby ? m.console_video_on_standby() : m.console_video_on_roster()}</td>
                      {writes ? (
                        <td>
                          <button type="button" className="linkish" onClick={() => drop.start(item.id)}>
                            {m.console_video_remove()}
                            <span className="visually-hidden">
                              {' '}
                              {item.name} {momentWords(item.from)}
                            </span>
                          </button>
                        </td>
                      ) : null}
                    </tr>
                  ))}
                </tbody>
              </table>
            ) : null}
            {drop.error ? <Alert type="error" showIcon role="alert" title={problemText(drop.error)} /> : null}
            {writes ? <Add doctors={doctors} /> : null}
          </>
        )}
      </Screen>
    </section>
  );
}

/** A moment of the calendar as the server takes it: what is shown is the insurer's time, whatever zone the desk is in. */
const wire = (at: Dayjs) => `${at.format('YYYY-MM-DDTHH:mm:00')}+08:00`;

function Add({ doctors }: { doctors: Roster['doctors'] }) {
  const [doctor, setDoctor] = useState<string | null>(null);
  const [span, setSpan] = useState<[Dayjs, Dayjs] | null>(null);
  const [standby, setStandby] = useState(false);
  const add = useAction((body: object, key) => post<Roster>('/api/video/roster', body, key), {
    refresh: [keys.videoRoster, keys.videoBoard],
    onDone: () => setSpan(null),
  });
  return (
    <Form
      layout="vertical"
      aria-label={m.console_video_roster_add()}
      onFinish={() => {
        if (doctor && span) add.start({ doctor, from: wire(span[0]), to: wire(span[1]), standby });
      }}
    >
      <div className="row" style={{ marginTop: '0.9rem', alignItems: 'end' }}>
        <Form.Item label={m.console_video_doctor()} htmlFor="roster-doctor" style={{ margin: 0, minWidth: '16rem' }}>
          <Select
            id="roster-doctor"
            value={doctor}
            onChange={setDoctor}
            showSearch={{ optionFilterProp: 'label' }}
            options={doctors.map(({ key, name, hospital }) => ({ value: key, label: `${name} · ${hospital}` }))}
          />
        </Form.Item>
        <Form.Item label={m.console_video_span()} htmlFor="roster-span" style={{ margin: 0 }}>
          <DatePicker.RangePicker
            id="roster-span"
            showTime={{ format: 'HH:mm' }}
            format="YYYY-MM-DD HH:mm"
            value={span}
            onKeyDown={keepEnter}
            onChange={(both) => setSpan(both?.[0] && both[1] ? [both[0], both[1]] : null)}
          />
        </Form.Item>
        <Checkbox checked={standby} onChange={(event) => setStandby(event.target.checked)}>
          {m.console_video_on_standby()}
        </Checkbox>
        <Button htmlType="submit" loading={add.running} disabled={!doctor || !span}>
          {m.console_video_roster_add()}
        </Button>
      </div>
      {add.error ? <Alert type="error" showIcon role="alert" title={problemText(add.error)} /> : null}
    </Form>
  );
}
