import { readFields } from '../../../shared/form/fields.ts';
import type { AllowedEvent } from '../../../shared/types.ts';

/**
 * An event whose whole payload is one paper is done by handing that paper in: its place is the list of papers, where
 * each kind that is missing has its button.
 */
export function isHandIn(event: AllowedEvent): boolean {
  const fields = readFields(event.schema, 'zh-CN');
  return fields.length === 1 && fields[0]?.reference?.to === 'paper';
}

/** Costly events last, the primary one first; else in the server's order. */
export function inOrder(events: AllowedEvent[]): AllowedEvent[] {
  const rank = { primary: 0, normal: 1, costly: 2 };
  return [...events].sort((a, b) => rank[a.weight] - rank[b.weight]);
}

/** The last button of a costly event names what it costs; without such words it names the event alone. */
export function confirmWords(event: AllowedEvent): string {
  const cost = event.warning?.replace(/[。.]$/, '');
  return cost && event.weight === 'costly' && cost.length <= 40 ? `${event.label}：${cost}` : event.label;
}
