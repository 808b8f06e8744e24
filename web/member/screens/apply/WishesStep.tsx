import type { Field } from '../../../shared/form/fields.ts';
import { FormFields } from '../../form/FormFields.tsx';
import type { StepProps } from './Apply.tsx';

/** What the service itself asks: for the outpatient channel the hospital, the department, wishes. */
export function WishesStep({ form, place, draft, change, faults, fields }: StepProps & { fields: Field[] }) {
  return (
    <FormFields
      fields={fields}
      values={draft.values}
      faults={faults}
      labels={draft.labels}
      sources={{ personId: place.personId, illnesses: form.illnesses, paperKinds: form.papers }}
      onChange={(name, value) => change({ values: { ...draft.values, [name]: value } })}
      onLabel={(id, row) => change({ labels: { ...draft.labels, [id]: row } })}
    />
  );
}
