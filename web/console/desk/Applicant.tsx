import { Form, Input, Select } from 'antd';
import type { ApplicantInput, PaperView } from '../../shared/types.ts';
import { m } from '../messages.ts';
import { PaperPick } from './PaperPick.tsx';

type Relation = ApplicantInput['relation'];
type Proof = NonNullable<ApplicantInput['proofs']>[number]['kind'];
export type ApplicantState = {
  relation: Relation;
  name: string;
  phone: string;
  idNumber: string;
  proofs: Partial<Record<Proof, string[]>>;
};

export const emptyApplicant: ApplicantState = { relation: 'self', name: '', phone: '', idNumber: '', proofs: {} };

/** Which proofs speak for whom; whether they suffice is the server's decision. */
const PROOFS: Partial<Record<Relation, readonly Proof[]>> = {
  guardian: ['guardianship', 'minority', 'incapacity'],
  agent: ['authorisation'],
};

/** The kinds of paper that prove this relation: asked for beside the applicant, and not a second time below. */
export const proofsOf = (relation: Relation): readonly string[] => PROOFS[relation] ?? [];

/** The applicant as the request has it. */
export function applicantInput({ relation, name, phone, idNumber, proofs }: ApplicantState): ApplicantInput {
  if (relation === 'self') return { relation, proofs: [] };
  return {
    relation,
    ...(name.trim() ? { name: name.trim() } : {}),
    ...(phone.trim() ? { phone: phone.trim() } : {}),
    ...(idNumber.trim() ? { idNumber: idNumber.trim() } : {}),
    proofs: (PROOFS[relation] ?? []).flatMap((kind) => (proofs[kind] ?? []).map((paperId) => ({ kind, paperId }))),
  };
}

type ApplicantProps = {
  personId: string;
  known: readonly PaperView[];
  value: ApplicantState;
  onChange: (value: ApplicantState) => void;
};

/** Who is asking: the person, or somebody for them, and by what right. */
export function Applicant({ personId, known, value, onChange }: ApplicantProps) {
  const relations: { value: Relation; label: string }[] = [
    { value: 'self', label: m.console_relation_self() },
    { value: 'policyholder', label: m.console_relation_policyholder() },
    { value: 'insured', label: m.console_relation_insured() },
    { value: 'beneficiary', label: m.console_relation_beneficiary() },
    { value: 'guardian', label: m.console_relation_guardian() },
    { value: 'agent', label: m.console_relation_agent() },
    { value: 'other', label: m.console_relation_other() },
  ];
  const proofNames: Record<Proof, () => string> = {
    guardianship: m.console_proof_guardianship,
    minority: m.console_proof_minority,
    incapacity: m.console_proof_incapacity,
    authorisation: m.console_proof_authorisation,
  };
  const set = (change: Partial<ApplicantState>) => onChange({ ...value, ...change });
  const texts = [
    { key: 'name', label: m.console_person_full_name(), max: 50 },
    { key: 'phone', label: m.console_person_phone(), max: 20 },
    { key: 'idNumber', label: m.console_person_id(), max: 30 },
  ] as const;
  return (
    <section className="section" style={{ marginTop: 0 }}>
      <h2>{m.console_applicant()}</h2>
      <Form.Item required label={m.console_applicant_relation()} htmlFor="applicant-relation">
        <Select
          id="applicant-relation"
          value={value.relation}
          options={relations}
          onChange={(relation: Relation) => set({ relation })}
        />
      </Form.Item>
      {value.relation === 'self'
        ? null
        : texts.map(({ key, label, max }) => (
            <Form.Item required key={key} label={label} htmlFor={`applicant-${key}`}>
              <Input
                id={`applicant-${key}`}
                maxLength={max}
                autoComplete="off"
                value={value[key]}
                onChange={(event) => set({ [key]: event.target.value })}
              />
            </Form.Item>
          ))}
      {(PROOFS[value.relation] ?? []).map((kind) => (
        <PaperPick
          key={kind}
          personId={personId}
          kind={kind}
          name={proofNames[kind]()}
          required={kind === 'guardianship' || kind === 'authorisation'}
          why={m.console_proof_why()}
          known={known}
          value={value.proofs[kind] ?? []}
          onChange={(ids) => set({ proofs: { ...value.proofs, [kind]: ids } })}
        />
      ))}
    </section>
  );
}
