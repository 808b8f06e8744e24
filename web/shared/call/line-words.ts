import { m } from '../paraglide/messages.js';
import type { Call } from './use-call.ts';

/** How the line is, in one phrase. */
export function lineWords({ line, peer, quality, socket }: Pick<Call, 'line' | 'peer' | 'quality' | 'socket'>): string {
  if (line === 'healing') return m.call_healing();
  if (line !== 'connected') return peer ? m.call_connecting() : socket === 'lost' ? m.call_healing() : m.call_waiting();
  if (quality === 'poor') return m.call_poor();
  if (quality === 'fair') return m.call_fair();
  return m.call_good();
}
