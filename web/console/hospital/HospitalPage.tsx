import { Alert, Button, DatePicker, Popconfirm } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { post } from '../../shared/api.ts';
import { dayOf } from '../../shared/format.ts';
import { keys } from '../../shared/keys.ts';
import { serverNow } from '../../shared/now.ts';
import { useAction } from '../../shared/use-action.ts';
import { day as dayWords } from '../../shared/words.ts';
import { problemText } from '../data/problems.ts';
import { useHospitalDay } from '../data/queries.ts';
import { keepEnter } from '../forms/keep-enter.ts';
import { m } from '../messages.ts';
import { Screen } from '../states/Screen.tsx';
import { OpenSlots } from './OpenSlots.tsx';
import { Packages } from './Packages.tsx';
import { SlotTable } from './SlotTable.tsx';

/** A hospital's day: who comes when, who has been there, what is free; slots are opened and closed here, packages kept. */
export default function HospitalPage() {
  const [day, setDay] = useState(() => dayOf(serverNow()));
  const [opening, setOpening] = useState(false);
  const found = useHospitalDay(day);
  const close = useAction(
    (body: { slotId?: string; day?: string }, key) =>
      post<{ closed: number; told: number }>('/api/hospital/slots/close', body, key),
    { refresh: [['hospital-day'], keys.worklist] },
  );
  const open = found.data?.slots.some((slot) => !slot.closed && Date.parse(slot.startsAt) > serverNow().getTime());
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_nav_hospital()}</h1>
        <DatePicker
          aria-label={m.console_hospital_day()}
          onKeyDown={keepEnter}
          allowClear={false}
          value={dayjs(day)}
          onChange={(picked) => picked && setDay(picked.format('YYYY-MM-DD'))}
        />
        <Button type="primary" onClick={() => setOpening(true)}>
          {m.console_hospital_open()}
        </Button>
        <Popconfirm
          title={m.console_hospital_close_day_sure()}
          okText={m.console_hospital_close_day()}
          cancelText={m.cancel()}
          onConfirm={() => close.start({ day })}
        >
          <Button danger disabled={!open || close.running}>
            {m.console_hospital_close_day()}
          </Button>
        </Popconfirm>
      </div>
      {close.error ? <Alert type="error" showIcon role="alert" title={problemText(close.error)} /> : null}
      {close.output ? (
        <p role="status">
          {m.console_hospital_closed({ n: String(close.output.closed), told: String(close.output.told) })}
        </p>
      ) : null}
      <h2>{dayWords(day)}</h2>
      <Screen
        query={found}
        empty={{
          when: ({ slots }) => slots.length === 0,
          title: m.console_hospital_none(),
          hint: m.console_hospital_none_hint(),
        }}
      >
        {({ slots }) => {
          const booked = slots.filter((slot) => slot.booked.length > 0);
          const table = (rows: typeof slots, label: string) => (
            <SlotTable label={label} slots={rows} onClose={(slotId) => close.start({ slotId })} />
          );
          return (
            <>
              {booked.length > 0 ? table(booked, m.console_hospital_who()) : null}
              {table(
                slots.filter((slot) => slot.booked.length === 0),
                m.console_hospital_unbooked(),
              )}
            </>
          );
        }}
      </Screen>
      <Packages />
      {opening ? <OpenSlots day={day} onClose={() => setOpening(false)} /> : null}
    </div>
  );
}
