import { type Field, readFields } from '../../shared/form/fields.ts';
import type { Values } from '../../shared/form/values.ts';
import { getLocale } from '../../shared/paraglide/runtime.js';
import type { AllowedEvent, PaperView } from '../../shared/types.ts';

/** Something that may be said about a paper: the event, its words on the button, and what is already known of its answers. */
export type PaperAct = { event: AllowedEvent; label: string; start: Values };

/** A verdict has few values; a longer choice is no row of buttons. */
const VERDICTS_MOST = 3;

/**
 * The allowed events that speak of a paper of this kind, with the paper already filled in. Where nothing else but one
 * short choice must be answered, each of its values is a button of its own (accept, reject).
 */
export function listPaperActs(paper: PaperView, allowed: readonly AllowedEvent[]): PaperAct[] {
  return allowed.flatMap((event) => {
    const fields = readFields(event.schema, getLocale());
    const field = fields.find((one) => speaksOf(one, paper));
    if (!field) return [];
    const start: Values = { [field.name]: field.many ? [paper.id] : paper.id };
    // What is asked for only beside one of the answers is asked for in the form that the answer opens.
    const others = fields.filter((one) => one.required && one.showIf === undefined && one !== field);
    const [verdict] = others;
    if (others.length !== 1 || verdict?.kind !== 'choice' || verdict.many || verdict.options.length > VERDICTS_MOST)
      return [{ event, label: event.label, start }];
    return verdict.options.map((option) => ({
      event,
      label: option.label,
      start: { ...start, [verdict.name]: option.value },
    }));
  });
}

function speaksOf(field: Field, paper: PaperView): boolean {
  const reference = field.reference;
  return reference?.to === 'paper' && ['', 'any', paper.kind].includes(reference.kind);
}
