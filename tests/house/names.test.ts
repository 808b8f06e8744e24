import { expect, test } from 'vitest';
import { isTestFile, linesMatching, listFiles } from './files.ts';

const code = listFiles('.ts', '.tsx', '.mjs', '.sql', '.css', '.html').filter((path) => !isTestFile(path));

/** Where the names of plans, insurers and providers may stand: data, its samples, and what plays the sandbox's stories. */
const NAMES_ITS_PLAN = ['plans/', 'sample-data/', 'server/sandbox/', 'bench/', 'docs/'];

test('no code names a plan, an insurer or a provider; data does', () => {
  const product = code.filter((path) => !NAMES_ITS_PLAN.some((folder) => path.startsWith(folder)));
  const named = linesMatching(product, /zhenai|臻爱|junlong|君龙|qinghe|清禾|shangyong|商涌|huiyi|惠医|hongai|弘爱/i);
  // The one filled-in row of an import's template shows a value somebody may really write.
  expect(named.filter((line) => !/: example: '[^']*',?$/.test(line))).toEqual([]);
});

test('no code branches on a clause', () => {
  const product = code.filter((path) => /^(domain|server|web|contract)\//.test(path));
  expect(linesMatching(product, /clause\s*[!=]==\s*['"`]/)).toEqual([]);
});

// A path of one machine works on that machine only.
test('nothing names a path of the machine it was written on', () => {
  const all = listFiles('.ts', '.tsx', '.mjs', '.sql', '.css', '.html', '.json', '.yaml', '.md', '.csv').filter(
    (path) => path !== 'tests/house/names.test.ts',
  );
  expect(
    linesMatching(
      all,
      /(^|['"`\s(=])\/(work|root|home|Users)\/\w+\/|[A-Z]:\\\\|\.\.\/shared\/(handbook|references|design)/,
    ),
  ).toEqual([]);
  expect(linesMatching(all, /(\.\.\/)+shared\/(contract|design|look)\.md/)).toEqual([]);
});
