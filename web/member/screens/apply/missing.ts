import { faultWords } from '../../../shared/form/fault-words.ts';
import type { Field } from '../../../shared/form/fields.ts';
import { type Fault, isDay } from '../../../shared/form/values.ts';
import { dayOf } from '../../../shared/format.ts';
import { serverNow } from '../../../shared/now.ts';
import { m } from '../../../shared/paraglide/messages.js';
import type { RequestForm } from '../../../shared/types.ts';
import { DAYS, type Draft } from './draft.ts';
import { consentKey, consentsOf, missingProofs, type StepCode } from './request.ts';

interface Filled {
  form: RequestForm;
  draft: Draft;
  self: boolean;
  fields: Field[];
  faults: Record<string, Fault>;
}

/**
 * What a step still lacks, by name, in words. Ordinary papers are never asked for here: a request may be sent without
 * them, and the case then says once which are missing.
 */
export function missingIn(step: StepCode, { form, draft, self, fields, faults }: Filled): Record<string, string> {
  if (step === 'illness')
    return {
      ...missingIllness(form, draft),
      ...(self ? {} : Object.fromEntries(missingProofs(draft).map((kind) => [kind, m.please_upload()]))),
    };
  if (step === 'wishes') {
    const names = fields.filter((field) => faults[field.name]);
    return Object.fromEntries(names.map((field) => [field.name, faultWords(field, faults[field.name]!)]));
  }
  if (step === 'consent') {
    const unread = form.notices.filter((notice) => !draft.acknowledged.includes(notice.id));
    const open = consentsOf(form, draft).filter((consent) => !draft.consents.includes(consentKey(consent)));
    return {
      ...Object.fromEntries(unread.map((notice) => [notice.id, m.please_tick()])),
      ...Object.fromEntries(open.map((consent) => [consentKey(consent), m.please_decide()])),
    };
  }
  return {};
}

function missingIllness(form: RequestForm, draft: Draft): Record<string, string> {
  if (form.illnesses === null) return {};
  const missing: Record<string, string> = {};
  const today = dayOf(serverNow());
  if (!draft.illness.code) missing.code = m.choose();
  for (const day of DAYS) {
    const value = draft.illness.days[day];
    if (value && !isDay(value)) missing[day] = m.fault_not_a_day();
    else if (value && value > today) missing[day] = m.fault_future_day();
  }
  if (!draft.illness.days.diagnosedOn) missing.diagnosedOn = m.fault_required();
  return missing;
}
