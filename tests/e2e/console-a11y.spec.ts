import { type Page, test } from '@playwright/test';
import { expectAccessible, inEnglish } from './support/axe.ts';
import { caseIdOf, caseOn } from './support/console.ts';
import { become, cardPath, passCheck, read } from './support/people.ts';

test('the sign-in of the console: no barrier', async ({ page }) => {
  await page.goto('/console/');
  await expectAccessible(page);
  await inEnglish(page);
  await expectAccessible(page);
});

const edition = async (page: Page) => {
  const { items } = await read<{ items: { plan: string; edition: string }[] }>(page, '/plans');
  return `plans/${items[0]!.plan}/${items[0]!.edition}`;
};

/** Every address of web/console/routes.tsx, as a role that has it. */
const PAGES: [string, string, ((page: Page) => Promise<string>)?][] = [
  ['desk', 'find'],
  ['reviewer', 'work'],
  ['manager', 'work?desk=all'],
  ['manager', 'phrases'],
  ['provider', 'work'],
  ['laboratory', 'work'],
  ['expert', 'work'],
  ['supervisor', 'work'],
  ['supervisor', 'approvals'],
  ['supervisor', 'appeals'],
  ['supervisor', 'video-board'],
  ['video-doctor', 'consult'],
  ['operations', 'clocks'],
  ['operations', 'breaches'],
  ['operations', 'promises'],
  ['planner', 'plans'],
  ['planner', 'an edition by clause', edition],
  ['planner', 'an edition by service', async (page) => `${await edition(page)}?tab=services`],
  ['admin', 'accounts'],
  ['auditor', 'audit'],
  ['operations', 'sandbox/messages'],
  ['operations', 'nothing-here'],
];
for (const [account, path, build] of PAGES)
  test(`${account} at ${path}: no barrier`, async ({ page }) => {
    await become(page, account);
    await page.goto(`/console/${build ? await build(page) : path}`);
    await expectAccessible(page);
    await inEnglish(page);
    await expectAccessible(page);
  });

for (const [account, member] of [
  ['reviewer', 'chu'],
  ['manager', 'wei'],
  ['manager', 'qiu'],
  ['provider', 'yang'],
  ['laboratory', 'fan'],
  ['expert', 'su'],
  ['expert', 'lu'],
  ['supervisor', 'cao'],
] as const)
  test(`the case of ${member} as ${account} sees it: no barrier`, async ({ page }) => {
    const { id } = await caseIdOf(page, member);
    await become(page, account);
    await page.goto(`/console/work/${id}`);
    await caseOn(page).getByRole('heading', { level: 1 }).waitFor();
    await expectAccessible(page);
    await inEnglish(page);
    await expectAccessible(page);
  });

test('the images of su as the expert sees them: no barrier', async ({ page }) => {
  const { id } = await caseIdOf(page, 'su');
  await become(page, 'expert');
  await page.goto(`/console/work/${id}`);
  const open = async () => {
    await page.getByRole('button', { name: /CT\.zip/ }).click();
    await page.getByRole('application').waitFor();
  };
  await open();
  await expectAccessible(page);
  await inEnglish(page);
  await open();
  await expectAccessible(page);
});

/** The caller is 陆建平, whose second opinion is done and whose other services are open: the file, then a form on it. */
for (const [name, service] of [
  ['the file of a caller', null],
  ['a gene test asked for by a caller', 'gene-test'],
  ['a second opinion asked for by a caller', 'second-opinion'],
] as const)
  test(`${name} as the service desk sees it: no barrier`, async ({ page }) => {
    await become(page, 'lu');
    const [policyId, personId] = (await cardPath(page, '陆建平', 'second-opinion')).split('/');
    await become(page, 'desk');
    await passCheck(page, 'lu', personId!);
    await page.goto(`/console/persons/${personId}${service ? `/request?policyId=${policyId}&service=${service}` : ''}`);
    await expectAccessible(page);
    await inEnglish(page);
    await expectAccessible(page);
  });
