/**
 * `npm run bench`: one JSON line a figure. Each benchmark is a file of its own that exports `run(print)`; they run one
 * after the other, so that none disturbs another. `npm run bench -- decide` runs those whose name contains the word.
 */
export type Figure = { bench: string; value: number; unit: string; [more: string]: string | number | boolean };
export type Print = (figure: Figure) => void;
export type Bench = { run: (print: Print) => Promise<void> };

const BENCHES: readonly { name: string; load: () => Promise<Bench> }[] = [
  { name: 'decide', load: () => import('./decide.ts') },
  { name: 'due', load: () => import('./due.ts') },
  { name: 'page-size', load: () => import('./page-size.ts') },
  { name: 'http', load: () => import('./http.ts') },
  { name: 'video', load: () => import('./video.ts') },
];

const words = process.argv.slice(2);
for (const { name, load } of BENCHES) {
  if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
  const { run } = await load();
  await run((figure) => console.log(JSON.stringify(figure)));
}
