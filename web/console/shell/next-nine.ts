const AHEAD = 8 * 3_600_000;
const DAY = 86_400_000;

/** The next 09:00 in Shanghai strictly after `now`, as ISO 8601 with +08:00: the start of the next service day. */
export function nextNine(now: Date): string {
  const wall = now.getTime() + AHEAD;
  const today = wall - (wall % DAY) + 9 * 3_600_000;
  const next = today > wall ? today : today + DAY;
  return new Date(next).toISOString().replace(/\.\d+Z$/, '+08:00');
}
