/** How fast one core does something: the median of several rounds after a warm-up. */
export type Speed = { perSecond: number; rounds: number; spread: number };

const ROUND_MS = 400;
const ROUNDS = 7;

/** `work` does `size` operations and returns something, so that nothing is optimised away. */
export function measure(work: () => unknown, size: number): Speed {
  const until = (ms: number): number => {
    const start = performance.now();
    let done = 0;
    while (performance.now() - start < ms) {
      if (work() === undefined) throw new Error('The measured work must return what it made');
      done += size;
    }
    return (done / (performance.now() - start)) * 1000;
  };
  until(ROUND_MS);
  const rounds = Array.from({ length: ROUNDS }, () => until(ROUND_MS)).sort((a, b) => a - b);
  const [least = 0, median = 0, most = 0] = [rounds[0], rounds[ROUNDS >> 1], rounds[ROUNDS - 1]];
  return { perSecond: Math.round(median), rounds: ROUNDS, spread: Number(((most - least) / median).toFixed(3)) };
}
