import type { Field } from '../../../shared/form/fields.ts';
import { useEmergencyWords } from '../../data/queries.ts';
import { FormFields } from '../../form/FormFields.tsx';
import type { StepProps } from '../apply/Apply.tsx';
import { PaperSlot } from '../apply/PapersStep.tsx';
import { Relation } from '../apply/Relation.tsx';
import { papersOf } from '../apply/request.ts';
import { Emergency } from './Emergency.tsx';
import { emergencyIn } from './emergency.ts';

/** What is the matter, in words or by a picture; words of an emergency lead to 120 while they are typed. */
export function Say(props: StepProps & { fields: Field[]; self: boolean }) {
  const { form, place, draft, change, faults, fields, self } = props;
  const words = useEmergencyWords(place.service, place.policyId).data;
  const text = Object.values(draft.values)
    .filter((value) => typeof value === 'string')
    .join(' ');
  const word = words && emergencyIn(text, words);
  return (
    <>
      {!self && <Relation {...props} />}
      <FormFields
        fields={fields}
        values={draft.values}
        faults={faults}
        labels={draft.labels}
        sources={{ personId: place.personId, illnesses: null, paperKinds: [] }}
        onChange={(name, value) => change({ values: { ...draft.values, [name]: value } })}
        onLabel={(id, row) => change({ labels: { ...draft.labels, [id]: row } })}
      />
      {words && word && <Emergency word={word} words={words} />}
      {papersOf(form, draft).map((paper) => (
        <PaperSlot key={paper.kind} {...props} {...paper} fault={undefined} />
      ))}
    </>
  );
}
