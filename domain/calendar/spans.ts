import { TimeError } from './errors.ts';

/** A half-open stretch of time: `from` is in it, `to` is not. */
export type Span = { readonly from: Date; readonly to: Date };

/**
 * The spans taken together: in order, overlapping and touching ones joined, empty ones dropped.
 * A span that ends before it begins is a TimeError.
 */
export function mergeSpans(spans: readonly Span[], field = 'paused'): Span[] {
  for (const [i, { from, to }] of spans.entries())
    if (!(from.getTime() <= to.getTime()))
      throw new TimeError(
        'bad-span',
        `${field}[${i}].to`,
        'a pause cannot end before it begins; both ends must be moments',
      );
  const merged: { from: Date; to: Date }[] = [];
  for (const { from, to } of spans.filter((s) => s.from < s.to).sort((a, b) => a.from.getTime() - b.from.getTime())) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = to > last.to ? to : last.to;
    else merged.push({ from, to });
  }
  return merged;
}

/**
 * Whether a day with these hours does not count because the clock stood: the pauses cover its hours entirely, or the
 * clock stands at its closing moment (so that nothing falls due while its clock stands). `merged` comes from mergeSpans.
 */
export function stoodOver(opens: Date, closes: Date, merged: readonly Span[]): boolean {
  return merged.some(({ from, to }) => (from <= opens && closes <= to) || (from <= closes && closes < to));
}
