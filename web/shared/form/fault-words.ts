import { m } from '../paraglide/messages.js';
import type { Field } from './fields.ts';
import type { Fault } from './values.ts';

/** What to say beside a field whose value cannot be sent. */
export function faultWords(field: Field, fault: Fault): string {
  const shown = (n: number | undefined) => String(field.kind === 'money' && n !== undefined ? n / 100 : (n ?? ''));
  switch (fault) {
    case 'required':
      return m.fault_required();
    case 'too-short':
      return m.fault_too_short({ n: shown(field.minLength) });
    case 'too-long':
      return m.fault_too_long({ n: shown(field.maxLength) });
    case 'not-a-number':
      return m.fault_not_a_number();
    case 'not-money':
      return m.fault_not_money();
    case 'not-a-day':
      return m.fault_not_a_day();
    case 'too-small':
      return m.fault_too_small({ n: shown(field.minimum) });
    case 'too-large':
      return m.fault_too_large({ n: shown(field.maximum) });
    case 'too-few':
      return m.fault_too_few({ n: String(field.minItems ?? '') });
    case 'too-many':
      return m.fault_too_many({ n: String(field.maxItems ?? '') });
    case 'form':
      return m.fault_form();
  }
}
