import { Select } from 'antd';
import { useStaff } from '../data/queries.ts';
import { m } from '../messages.ts';
import type { FieldControlProps } from './FieldControl.tsx';

/** A colleague of a role, with how many open cases each already has. */
export function StaffField({ id, field, value, onChange, invalid, role }: FieldControlProps & { role: string }) {
  const staff = useStaff(role);
  return (
    <Select
      id={id}
      status={invalid ? 'error' : undefined}
      mode={field.many ? 'multiple' : undefined}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={m.choose()}
      loading={staff.isPending}
      notFoundContent={staff.isPending ? m.console_loading() : m.console_form_nothing()}
      value={value === '' || typeof value === 'boolean' ? undefined : value}
      options={(staff.data ?? []).map((one) => ({
        value: one.id,
        label: m.console_staff_open({ name: one.name, open: String(one.open) }),
      }))}
      onChange={(picked: string | string[] | undefined) => onChange(picked ?? '')}
    />
  );
}
