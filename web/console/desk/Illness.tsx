import { Checkbox, DatePicker, Form, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { severityOf } from '../../shared/severity.ts';
import type { IllnessInput, RequestForm } from '../../shared/types.ts';
import { keepEnter } from '../forms/keep-enter.ts';
import { ListField } from '../forms/ListField.tsx';
import { m } from '../messages.ts';

export type IllnessState = {
  code: string;
  firstSymptomOn: string;
  firstAbnormalOn: string;
  firstVisitOn: string;
  diagnosedOn: string;
  first: boolean;
  preExisting: boolean;
  hospitalId: string;
  hospitalName: string;
};

export const emptyIllness: IllnessState = {
  code: '',
  firstSymptomOn: '',
  firstAbnormalOn: '',
  firstVisitOn: '',
  diagnosedOn: '',
  first: true,
  preExisting: false,
  hospitalId: '',
  hospitalName: '',
};

/** The illness as the request has it; null while none is named, which the server answers with its own reason. */
export function illnessInput(state: IllnessState): IllnessInput | null {
  if (!state.code) return null;
  const { code, first, preExisting, ...texts } = state;
  const given = Object.fromEntries(Object.entries(texts).filter(([, value]) => value.trim() !== ''));
  return { code, first, preExisting, ...given };
}

type IllnessProps = {
  illnesses: NonNullable<RequestForm['illnesses']>;
  sampleLabel: string | null;
  value: IllnessState;
  onChange: (value: IllnessState) => void;
};

/** What the caller has, since when, and where it was found; each day on its own, since the earliest decides. */
export function Illness({ illnesses, sampleLabel, value, onChange }: IllnessProps) {
  const set = (change: Partial<IllnessState>) => onChange({ ...value, ...change });
  const days = [
    { key: 'firstSymptomOn', label: m.console_illness_symptom() },
    { key: 'firstAbnormalOn', label: m.console_illness_abnormal() },
    { key: 'firstVisitOn', label: m.console_illness_visit() },
    { key: 'diagnosedOn', label: m.console_illness_diagnosed() },
  ] as const;
  return (
    <section className="section">
      <h2>
        {m.console_illness()} {sampleLabel ? <span className="pill">{sampleLabel}</span> : null}
      </h2>
      <Form.Item required label={m.console_illness_which()} htmlFor="illness-code">
        <Select
          id="illness-code"
          showSearch={{ optionFilterProp: 'label' }}
          placeholder={m.choose()}
          value={value.code || undefined}
          options={illnesses.map((one) => ({
            value: one.code,
            label: severityOf(one) ? m.console_with_count({ what: one.name, count: severityOf(one) }) : one.name,
          }))}
          onChange={(code: string) => set({ code })}
        />
      </Form.Item>
      <div className="two">
        {days.map(({ key, label }) => (
          <Form.Item
            key={key}
            required={key === 'diagnosedOn'}
            label={label}
            htmlFor={`illness-${key}`}
            style={{ marginBottom: 0 }}
          >
            <DatePicker
              onKeyDown={keepEnter}
              id={`illness-${key}`}
              style={{ width: '100%' }}
              value={value[key] ? dayjs(value[key]) : null}
              onChange={(day) => set({ [key]: day ? day.format('YYYY-MM-DD') : '' })}
            />
          </Form.Item>
        ))}
      </div>
      <div className="row" style={{ margin: '.9rem 0' }}>
        <Checkbox checked={value.first} onChange={(event) => set({ first: event.target.checked })}>
          {m.console_illness_first()}
        </Checkbox>
        <Checkbox checked={value.preExisting} onChange={(event) => set({ preExisting: event.target.checked })}>
          {m.console_illness_pre_existing()}
        </Checkbox>
      </div>
      <div className="two">
        <Form.Item label={m.console_illness_hospital()} htmlFor="illness-hospital">
          <ListField
            id="illness-hospital"
            list="hospitals"
            value={value.hospitalId}
            onChange={(hospitalId) => set({ hospitalId: typeof hospitalId === 'string' ? hospitalId : '' })}
          />
        </Form.Item>
        <Form.Item label={m.console_illness_hospital_name()} htmlFor="illness-hospital-name">
          <Input
            id="illness-hospital-name"
            maxLength={100}
            disabled={value.hospitalId !== ''}
            value={value.hospitalName}
            onChange={(event) => set({ hospitalName: event.target.value })}
          />
        </Form.Item>
      </div>
    </section>
  );
}
