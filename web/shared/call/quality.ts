/** How good the line is, in words a person understands; null while nothing can be said. */
export type Quality = 'good' | 'fair' | 'poor';

/** Counted since the call began, except the round trip, which is the newest (seconds). */
export interface Reading {
  at: number;
  received: number;
  lost: number;
  framesDecoded: number;
  bytes: number;
  roundTrip: number | undefined;
}

type Stat = { type: string; kind?: string; [name: string]: unknown };
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** What matters of a report of the browser. */
export function readStats(stats: Iterable<Stat>, at: number): Reading {
  const reading: Reading = { at, received: 0, lost: 0, framesDecoded: 0, bytes: 0, roundTrip: undefined };
  for (const stat of stats) {
    if (stat.type === 'inbound-rtp') {
      reading.received += number(stat.packetsReceived);
      reading.lost += number(stat.packetsLost);
      reading.bytes += number(stat.bytesReceived);
      reading.framesDecoded += number(stat.framesDecoded);
    }
    if (stat.type === 'candidate-pair' && stat.nominated === true && typeof stat.currentRoundTripTime === 'number')
      reading.roundTrip = stat.currentRoundTripTime;
  }
  return reading;
}

/** The line between two readings: by what was lost of what was sent, by the round trip, and whether anything came. */
export function judge(before: Reading | undefined, now: Reading): Quality | null {
  if (!before || now.at <= before.at) return null;
  const received = now.received - before.received;
  const lost = Math.max(0, now.lost - before.lost);
  // A connection that began anew counts from nothing.
  if (received < 0) return null;
  if (received === 0) return 'poor';
  const share = lost / (received + lost);
  const roundTrip = now.roundTrip ?? 0;
  if (share > 0.08 || roundTrip > 0.6) return 'poor';
  if (share > 0.02 || roundTrip > 0.3) return 'fair';
  return 'good';
}
