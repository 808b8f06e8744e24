import { Select } from 'antd';
import { dayOf } from '../../shared/format.ts';
import { groupBy } from '../../shared/group-by.ts';
import { day } from '../../shared/words.ts';
import { problemText } from '../data/problems.ts';
import { useSlots } from '../data/queries.ts';
import { m } from '../messages.ts';
import type { FieldControlProps } from './FieldControl.tsx';

/** A slot that is still free for the case, by day. */
export function SlotField({ id, value, onChange, invalid, caseId }: FieldControlProps & { caseId: string }) {
  const slots = useSlots(caseId);
  const options = groupBy(slots.data ?? [], ({ startsAt }) => dayOf(startsAt)).map(([on, ofDay]) => ({
    label: day(on),
    options: ofDay.map((slot) => ({
      value: slot.id,
      label: `${day(on)} ${slot.startsAt.slice(11, 16)} ${[slot.department, slot.doctor, slot.package].filter(Boolean).join(' ')}`,
    })),
  }));
  return (
    <Select
      id={id}
      status={invalid ? 'error' : undefined}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={m.choose()}
      loading={slots.isFetching}
      popupMatchSelectWidth={360}
      notFoundContent={slots.isError ? problemText(slots.error) : m.console_form_nothing()}
      value={value === '' ? undefined : value}
      options={options}
      onChange={(picked) => onChange(picked ?? '')}
    />
  );
}
