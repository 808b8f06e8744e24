import { TriangleAlert } from 'lucide-react';
import { ApiProblem } from '../../../shared/api.ts';
import type { Field } from '../../../shared/form/fields.ts';
import { placeProblems } from '../../../shared/form/problems.ts';
import { shownFields } from '../../../shared/form/values.ts';
import { m } from '../../../shared/paraglide/messages.js';
import { day } from '../../../shared/words.ts';
import { useSession } from '../../data/session.ts';
import { promiseWords } from '../../pieces/benefit-state.ts';
import { Refusal } from '../../pieces/Refusal.tsx';
import { ActionFault } from '../../ui/Loaded.tsx';
import type { StepProps } from './Apply.tsx';
import { DAYS } from './draft.ts';
import { papersOf, type StepCode } from './request.ts';

interface ReviewStepProps extends StepProps {
  fields: Field[];
  error: Error | null;
  onGo: (step: StepCode) => void;
}

const DAY_WORDS = {
  firstSymptomOn: m.first_symptom,
  firstAbnormalOn: m.first_abnormal,
  firstVisitOn: m.first_visit,
  diagnosedOn: m.diagnosed_on,
};

/** All of it once more, what is promised, and what applying and later cancelling costs. */
export function ReviewStep({ form, draft, fields, error, onGo }: ReviewStepProps) {
  const session = useSession();
  const illness = form.illnesses?.find((one) => one.code === draft.illness.code);
  const missing = papersOf(form, draft).filter((paper) => paper.required && !draft.papers[paper.kind]);
  const faults =
    error instanceof ApiProblem && error.document.problems ? placeProblems(error.document, fields, '/form') : undefined;
  const refused = error instanceof ApiProblem && error.document.reasons ? error.document : undefined;
  return (
    <>
      {illness && (
        <Part title={m.step_illness()} onEdit={() => onGo('illness')}>
          <Row label={m.illness()} value={illness.name} />
          {DAYS.map((name) => {
            const value = draft.illness.days[name];
            return value ? <Row key={name} label={DAY_WORDS[name]()} value={day(value)} /> : null;
          })}
          <Row label={m.first_diagnosis()} value={draft.illness.first ? m.yes() : m.no()} />
        </Part>
      )}
      {fields.length > 0 && (
        <Part title={m.step_wishes()} onEdit={() => onGo('wishes')}>
          {shownFields(fields, draft.values).map((field) => (
            <Row
              key={field.name}
              label={field.title}
              value={valueWords(field, draft)}
              fault={faults?.fields[field.name]}
            />
          ))}
        </Part>
      )}
      {form.papers.length > 0 && (
        <Part title={m.step_papers()} onEdit={() => onGo('papers')}>
          {papersOf(form, draft).map((paper) => (
            <Row key={paper.kind} label={paper.name} value={draft.papers[paper.kind]?.fileName ?? m.later()} />
          ))}
        </Part>
      )}
      {missing.length > 0 && (
        <p className="mt-3 rounded-xl bg-soon-tint px-3 py-2 text-soon">
          {m.papers_later_warning({ n: missing.length })}
        </p>
      )}
      {form.promises.length > 0 && (
        <Part title={m.promises_title()}>
          {form.promises.map((promise) => (
            <p key={promise.code} className="mt-1">
              {promiseWords(promise)}
            </p>
          ))}
        </Part>
      )}
      {form.warning && (
        <section className="mt-3 rounded-card border border-late bg-late-tint p-4" aria-label={m.costs_title()}>
          <h3 className="flex items-center gap-2 font-semibold text-late">
            <TriangleAlert aria-hidden className="size-5 flex-none" />
            {m.costs_title()}
          </h3>
          <p className="mt-1">{form.warning}</p>
        </section>
      )}
      {refused?.reasons && (
        <Refusal
          title={m.cannot_apply({ name: form.name })}
          reasons={refused.reasons}
          hotline={session.insurer.hotline}
        />
      )}
      {refused ? null : faults ? <Problems items={faults.rest} /> : <ActionFault error={error} />}
    </>
  );
}

function Problems({ items }: { items: string[] }) {
  return (
    <ul role="alert" className="mt-3 rounded-xl bg-late-tint px-3 py-2 text-late">
      {items.length > 0 ? items.map((item) => <li key={item}>{item}</li>) : <li>{m.see_faults_above()}</li>}
    </ul>
  );
}

function valueWords(field: Field, { values, labels }: StepProps['draft']): string {
  const value = values[field.name];
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return m.not_given();
  if (typeof value === 'boolean') return value ? m.yes() : m.no();
  return (Array.isArray(value) ? value : [value])
    .map((one) => {
      if (field.kind === 'reference') return labels[one]?.label ?? one;
      if (field.kind === 'day') return day(one);
      if (field.kind === 'moment') return one.replace('T', ' ');
      return field.options.find((option) => option.value === one)?.label ?? one;
    })
    .join('、');
}

function Part({ title, onEdit, children }: { title: string; onEdit?: () => void; children: React.ReactNode }) {
  return (
    <section className="card mt-3" aria-label={title}>
      <div className="flex items-center justify-between">
        <h3 className="font-semibold">{title}</h3>
        {onEdit && (
          <button type="button" className="link" onClick={onEdit} aria-label={`${m.change()}：${title}`}>
            {m.change()}
          </button>
        )}
      </div>
      {children}
    </section>
  );
}

function Row({ label, value, fault }: { label: string; value: string; fault?: string | undefined }) {
  return (
    <div className="mt-1 flex flex-wrap justify-between gap-x-4">
      <span className="text-ink-2">{label}</span>
      <span className="text-end">{value}</span>
      {fault && <span className="w-full text-sm font-medium text-late">{fault}</span>}
    </div>
  );
}
