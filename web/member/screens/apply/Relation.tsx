import { m } from '../../../shared/paraglide/messages.js';
import { Options } from '../../form/Control.tsx';
import { FieldGroup } from '../../ui/Field.tsx';
import type { StepProps } from './Apply.tsx';
import type { Draft } from './draft.ts';
import { PaperSlot } from './PapersStep.tsx';
import { PROOFS } from './request.ts';

const RELATIONS = ['policyholder', 'guardian', 'agent', 'beneficiary'] as const;
const RELATION_WORDS = {
  policyholder: m.relation_policyholder,
  guardian: m.relation_guardian,
  agent: m.relation_agent,
  beneficiary: m.relation_beneficiary,
};
const PROOF_WORDS = {
  guardianship: m.proof_guardianship,
  minority: m.proof_minority,
  incapacity: m.proof_incapacity,
  authorisation: m.proof_authorisation,
};

/** By what right one asks for somebody else, with the proofs of it. */
export function Relation(props: StepProps & { onEdit?: () => void }) {
  const { form, draft, change, faults, onEdit } = props;
  return (
    <FieldGroup label={m.relation()}>
      <Options
        name="relation"
        options={RELATIONS.map((value) => ({ value, label: RELATION_WORDS[value]() }))}
        chosen={[draft.relation]}
        onChoose={(relation) => {
          onEdit?.();
          change({ relation: relation as Draft['relation'] });
        }}
      />
      {(PROOFS[draft.relation] ?? []).map((kind) => (
        <PaperSlot
          key={kind}
          {...props}
          kind={kind}
          name={PROOF_WORDS[kind]()}
          why=""
          required
          fault={faults[kind]}
          maxBytes={form.papers[0]?.maxBytes ?? 10 * 1024 * 1024}
        />
      ))}
      {draft.relation === 'guardian' && <p className="mt-1 text-sm text-ink-2">{m.proof_either()}</p>}
      {form.needsOwnConsent && <p className="mt-2 rounded-xl bg-brand-tint px-3 py-2">{m.needs_own_consent()}</p>}
    </FieldGroup>
  );
}
