import { Alert, App, Form, Modal } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { post } from '../../shared/api.ts';
import type { Schema } from '../../shared/form/fields.ts';
import { getLocale } from '../../shared/paraglide/runtime.js';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { markOptional } from '../forms/mark-optional.tsx';
import { SchemaFields, useSchemaForm } from '../forms/SchemaForm.tsx';
import { m } from '../messages.ts';

const SOURCES = { papers: [], paperKinds: [], persons: [], illnesses: [] };
/** 2024-01-01 was a Monday. */
const weekdayName = (weekday: number) =>
  new Date(2024, 0, weekday).toLocaleDateString(getLocale(), { weekday: 'short' });

/** A series of slots in the form vocabulary; the server says at which field something is wrong. */
function schemaOf(day: string): Schema {
  const text = (title: string, more: object = {}) => ({ type: 'string', title, maxLength: 60, ...more });
  const time = (title: string, start: string) => text(title, { maxLength: 5, default: start });
  const number = (title: string, maximum: number, start: number) => ({ type: 'integer', title, minimum: 1, maximum, default: start }); // biome-ignore format: one thought
  const date = (title: string) => ({ type: 'string', format: 'date', title, default: day });
  const weekdays = ['1', '2', '3', '4', '5', '6', '7'];
  return {
    type: 'object',
    required: ['item', 'from', 'opens', 'closes', 'minutes', 'capacity'],
    properties: {
      item: {
        type: 'string',
        title: m.console_hospital_item(),
        enum: ['outpatient', 'expert', 'check-up', 'accompaniment'],
        'x-labels': {
          outpatient: m.console_hospital_item_outpatient(),
          expert: m.console_hospital_item_expert(),
          'check-up': m.console_hospital_item_check_up(),
          accompaniment: m.console_hospital_item_accompaniment(),
        },
        default: 'outpatient',
      },
      department: text(m.console_hospital_department()),
      doctor: text(m.console_hospital_doctor(), { 'x-show-if': { item: 'expert' } }),
      package: text(m.console_hospital_package(), { 'x-show-if': { item: 'check-up' } }),
      from: date(m.console_hospital_from()),
      to: date(m.console_hospital_to()),
      weekdays: {
        type: 'array',
        title: m.console_hospital_weekdays(),
        items: {
          type: 'string',
          enum: weekdays,
          'x-labels': Object.fromEntries(weekdays.map((one) => [one, weekdayName(Number(one))])),
        },
        maxItems: 7,
      },
      opens: time(m.console_hospital_opens(), '09:00'),
      closes: time(m.console_hospital_closes(), '11:00'),
      minutes: number(m.console_hospital_minutes(), 720, 30),
      capacity: number(m.console_hospital_capacity(), 200, 1),
    },
  };
}

/** Opens slots for a day or by the week. */
export function OpenSlots({ day, onClose }: { day: string; onClose: () => void }) {
  const { message } = App.useApp();
  const schema = useMemo(() => schemaOf(day), [day]);
  const form = useSchemaForm(schema);
  const [rest, setRest] = useState<string[]>([]);
  const open = useAction(
    (body: object, key) => post<{ added: number; changed: number }>('/api/hospital/slots', body, key),
    {
      refresh: [['hospital-day']],
      onDone: ({ added, changed }) => {
        void message.success(m.console_hospital_opened({ n: String(added), m: String(changed) }));
        onClose();
      },
    },
  );
  const place = useRef(form.place);
  place.current = form.place;
  useEffect(() => {
    if (open.error) setRest(place.current(open.error));
  }, [open.error]);
  const submit = () => {
    const payload = form.check();
    if (payload) open.start({ ...payload, weekdays: ((payload.weekdays as string[] | undefined) ?? []).map(Number) });
  };
  return (
    <Modal
      open
      title={m.console_hospital_open()}
      okText={m.console_hospital_open()}
      cancelText={m.cancel()}
      confirmLoading={open.running}
      onOk={submit}
      onCancel={onClose}
    >
      <Form layout="vertical" requiredMark={markOptional} onFinish={submit}>
        <SchemaFields form={form} sources={SOURCES} idPrefix="open-slots" />
        {open.error ? (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={rest.length > 0 ? rest.join(m.console_and()) : problemText(open.error)}
          />
        ) : null}
      </Form>
    </Modal>
  );
}
