import { useNavigate } from 'react-router';
import { dayOf } from '../../../shared/format.ts';
import { serverNow } from '../../../shared/now.ts';
import { m } from '../../../shared/paraglide/messages.js';
import type { DecisionView } from '../../../shared/types.ts';
import { listed } from '../../../shared/words.ts';
import { Options } from '../../form/Control.tsx';
import { IllnessPicker } from '../../form/IllnessPicker.tsx';
import { Option, Refusal } from '../../pieces/Refusal.tsx';
import { Field, FieldGroup } from '../../ui/Field.tsx';
import { ActionFault } from '../../ui/Loaded.tsx';
import type { StepProps } from './Apply.tsx';
import { DAYS, type Draft, type IllnessDay } from './draft.ts';
import { Relation } from './Relation.tsx';

interface IllnessStepProps extends StepProps {
  self: boolean;
  refused: DecisionView | undefined;
  error: Error | null;
  onEdit: () => void;
}

const DAY_WORDS: Record<IllnessDay, { label: () => string; hint: () => string }> = {
  firstSymptomOn: { label: m.first_symptom, hint: m.first_symptom_hint },
  firstAbnormalOn: { label: m.first_abnormal, hint: m.first_abnormal_hint },
  firstVisitOn: { label: m.first_visit, hint: m.first_visit_hint },
  diagnosedOn: { label: m.diagnosed_on, hint: m.diagnosed_on_hint },
};

/** Which illness, and the days that decide it; for somebody else also by what right one asks. */
export function IllnessStep(props: IllnessStepProps) {
  const { form, draft, change, faults, self, refused, error, onEdit } = props;
  const navigate = useNavigate();
  const edit = (illness: Partial<Draft['illness']>) => {
    onEdit();
    change({ illness: { ...draft.illness, ...illness } });
  };
  return (
    <>
      {!self && <Relation {...props} />}
      {form.illnesses !== null && (
        <>
          <FieldGroup label={m.illness()} fault={faults.code}>
            <IllnessPicker illnesses={form.illnesses} chosen={draft.illness.code} onChoose={(code) => edit({ code })} />
          </FieldGroup>
          {DAYS.map((day) => (
            <Field
              key={day}
              label={DAY_WORDS[day].label()}
              hint={DAY_WORDS[day].hint()}
              fault={faults[day]}
              required={day === 'diagnosedOn'}
            >
              {(control) => (
                <input
                  {...control}
                  type="date"
                  max={dayOf(serverNow())}
                  className="input"
                  value={draft.illness.days[day] ?? ''}
                  onChange={(event) => edit({ days: { ...draft.illness.days, [day]: event.target.value } })}
                />
              )}
            </Field>
          ))}
          <FieldGroup label={m.first_diagnosis()} hint={m.first_diagnosis_hint()}>
            <Options
              name="first"
              options={[
                { value: 'true', label: m.yes() },
                { value: 'false', label: m.no() },
              ]}
              chosen={[String(draft.illness.first)]}
              onChoose={(value) => edit({ first: value === 'true' })}
            />
          </FieldGroup>
        </>
      )}
      <ActionFault error={error} />
      {refused && (
        <div role="alert">
          <Refusal title={m.cannot_apply({ name: form.name })} reasons={refused.reasons} hotline={refused.hotline}>
            <Option text={m.days_wrong()}>
              <button type="button" className="link" onClick={onEdit}>
                {m.correct()}
              </button>
            </Option>
            {refused.alternatives.length > 0 && (
              <Option text={m.still_usable({ names: listed(refused.alternatives.map((other) => other.name)) })}>
                <button type="button" className="link" onClick={() => navigate('/')}>
                  {m.look()}
                </button>
              </Option>
            )}
            <Disagree {...props} />
          </Refusal>
        </div>
      )}
    </>
  );
}

/** The way to have somebody else look, where the answer was kept. */
function Disagree({ refused }: IllnessStepProps) {
  const navigate = useNavigate();
  if (!refused?.id) return null;
  return (
    <Option text={m.disagree()}>
      <button type="button" className="link" onClick={() => navigate(`/m/decisions/${refused.id}`)}>
        {m.appeal()}
      </button>
    </Option>
  );
}
