/**
 * Takes the README's pictures from a freshly painted sandbox: `npx node tests/e2e/pictures.ts http://localhost:3000`.
 * Small palette images, so that a clone stays light. Nothing that is shown is changed.
 * Over 300 lines: a list of pictures, each read on its own.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { chromiumPath } from './support/ensure-browser.ts';
import { become, cardPath, caseOf, read } from './support/people.ts';
import { CHROMIUM_ARGS, fontEnv } from './support/test-env.ts';
import { acceptAtDesk, askForDoctor, enterRoom, expectMoving } from './support/video.ts';

const FOLDER = resolve(import.meta.dirname, '../../docs/pictures');
const MOST_BYTES = 150 * 1024;

type Shot = {
  file: string;
  /** Null before anybody signs in. */
  account: string | null;
  /** Brings the page to what is to be seen. */
  go: (page: Page) => Promise<void>;
};

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { name }).first().waitFor();

/** A page that needs no more than its address, when all it asked for has come. */
const at = (path: string) => async (page: Page) => {
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForFunction(() => !document.querySelector('.bone, .ant-skeleton'));
};

/** A page of the service desk for a caller who has passed the check. */
async function callerFile(page: Page): Promise<void> {
  await page.goto('/console/find');
  await page.getByLabel('保单号').first().fill('SAMPLE20260019');
  await page.getByRole('button', { name: '查找', exact: true }).click();
  const found = page.getByRole('region', { name: '查找结果' });
  await found.getByLabel('出生日期').fill('1985-05-05');
  await found.getByLabel('保单号').fill('SAMPLE20260019');
  await found.getByLabel('登记的手机号码').fill('19900000019');
  await found.getByRole('button', { name: /核对$/ }).click();
  await page.getByRole('row').filter({ hasText: '重疾门诊绿通' }).first().waitFor();
}

/** Opens the row of the work list in which the text stands. */
async function openRow(page: Page, text: string): Promise<void> {
  await page.goto('/console/work?desk=all');
  await page.getByRole('row').filter({ hasText: text }).first().getByRole('link').click();
  await page.getByRole('article', { name: '案件' }).getByRole('heading', { name: '时效' }).waitFor();
}

/** The work list shows names masked; the number of the member's case finds it. */
async function numberOf(context: BrowserContext, account: string): Promise<string> {
  const page = await context.newPage();
  await become(page, account);
  const { number } = await caseOf(page);
  await page.close();
  return number;
}

/** The one case of whoever is signed in, when this stands on it. */
const ownCase =
  (text: string) =>
  async (page: Page): Promise<void> => {
    await page.goto(`/m/cases/${(await caseOf(page)).id}`);
    await page.getByText(text).first().waitFor();
    await page.waitForFunction(() => !document.querySelector('.bone'));
  };

/** Somebody else at a browser of her own, who stays there until all pictures are taken. */
async function other(page: Page, account: string): Promise<Page> {
  const own = await page.context().browser()!.newContext({ baseURL });
  const second = await own.newPage();
  await become(second, account);
  return second;
}

/** The note of the consultation that 桑晓琳 had; her other case is the year that the service is open for. */
async function noteOfSang(page: Page): Promise<void> {
  const { items } = await read<{ items: { id: string; final: boolean }[] }>(page, '/cases');
  await page.goto(`/m/cases/${items.find(({ final }) => final)!.id}`);
  await page.getByRole('region', { name: '问诊小结' }).waitFor();
}

/** 贡文博 and the doctor in a call; `side` is whose page it is. */
async function inCall(page: Page, side: 'member' | 'doctor'): Promise<void> {
  const [member, desk] =
    side === 'member' ? [page, await other(page, 'video-doctor')] : [await other(page, 'gong'), page];
  const { items } = await read<{ items: { id: string; state: string }[] }>(member, '/cases');
  let caseId = items.find(({ state }) => state === 'in-call')?.id;
  if (!caseId) {
    const complaint = '反复头痛两周，下午重，没有发烧';
    caseId = await askForDoctor(member, await cardPath(member, '贡文博', 'video-consultation'), complaint);
    await acceptAtDesk(desk, complaint);
  } else await desk.goto('/console/consult');
  await enterRoom(member, caseId);
  await expectMoving(page.getByLabel(side === 'member' ? '医生的画面' : '会员的画面'));
}

const MEMBER: Shot[] = [
  {
    file: 'member-home',
    account: 'lin',
    go: async (page) => {
      await page.goto('/');
      await page.getByRole('article', { name: '重疾门诊绿通' }).waitFor();
    },
  },
  ...(
    [
      { file: 'member-door-customer', door: '客户专区' },
      { file: 'member-door-hospital', door: '厦门地区医院预约专区' },
      { file: 'member-door-claims', door: '弘爱理赔' },
    ] as const
  ).map(({ file, door }) => ({
    file,
    account: 'lin',
    go: async (page: Page) => {
      await page.goto('/');
      await page.getByRole('navigation', { name: '服务入口' }).getByRole('button', { name: door }).click();
      await page.getByRole('heading', { name: door, exact: true }).waitFor();
    },
  })),
  {
    file: 'member-refusal',
    account: 'zheng',
    go: async (page) => {
      await page.goto(`/m/services/${await cardPath(page, '郑海波')}`);
      await heading(page, '现在不能使用重疾门诊绿通');
    },
  },
  {
    file: 'member-apply',
    account: 'lin',
    go: async (page) => {
      await page.goto(`/m/apply/${await cardPath(page, '林小满')}`);
      await page.getByLabel('查找疾病').fill('肿瘤');
      await page
        .getByRole('button', { name: /恶性肿瘤/ })
        .first()
        .click();
      await page.getByLabel('首次感到不适').fill('2026-10-20');
      await page.getByLabel('病理或诊断日期').fill('2026-11-12');
      // The next step: the browser of the tests draws native dates in English, which no member would see.
      await page.getByRole('button', { name: '下一步' }).click();
      await page.getByRole('searchbox').fill('肿瘤');
      await page
        .getByRole('button', { name: /肿瘤医院/ })
        .first()
        .waitFor();
    },
  },
  {
    file: 'member-case',
    account: 'wei',
    go: async (page) => {
      await page.goto(`/m/cases/${(await caseOf(page)).id}`);
      await heading(page, '承诺的时间');
    },
  },
  {
    file: 'member-slot',
    account: 'shen',
    go: async (page) => {
      await page.goto(`/m/cases/${(await caseOf(page)).id}`);
      await page.getByRole('region', { name: '就诊安排' }).waitFor();
    },
  },
  { file: 'member-video-note', account: 'sang', go: noteOfSang },
  {
    file: 'member-satisfaction',
    account: 'zhu',
    go: async (page) => {
      await page.goto(`/m/cases/${(await caseOf(page)).id}`);
      await page.getByRole('button', { name: '4 满意' }).click();
      await page.getByRole('dialog').getByRole('checkbox', { name: '医生的解释' }).check();
    },
  },
  {
    file: 'member-video-devices',
    account: 'gong',
    go: async (page) => {
      await page.goto(`/m/video/${await cardPath(page, '贡文博', 'video-consultation')}/ask`);
      await page.getByRole('textbox').first().fill('反复头痛两周，下午重，没有发烧');
      await page.getByRole('button', { name: '下一步' }).click();
      await page.getByRole('button', { name: '开始检查' }).click();
      await page.getByText('正常').first().waitFor();
      await page.waitForTimeout(1000);
    },
  },
  { file: 'member-video-call', account: 'gong', go: (page) => inCall(page, 'member') },
  {
    file: 'member-consents',
    account: 'han',
    go: async (page) => {
      await page.goto('/m/consents');
      await page.getByText('有效').first().waitFor();
    },
  },
  {
    file: 'member-admission',
    account: 'jin',
    go: async (page) => {
      await page.goto(`/m/cases/${(await caseOf(page)).id}`);
      await page.getByRole('region', { name: '就诊安排' }).waitFor();
    },
  },
  {
    file: 'member-sign-consent',
    account: 'qiu',
    go: async (page) => {
      await page.goto(`/m/cases/${(await caseOf(page)).id}`);
      await heading(page, '承诺的时间').catch(() => heading(page, '资料'));
    },
  },
  {
    file: 'member-report',
    account: 'miao',
    go: async (page) => {
      await page.goto(`/m/cases/${(await caseOf(page)).id}`);
      await heading(page, '资料');
    },
  },
  {
    file: 'member-opinion',
    account: 'lu',
    go: async (page) => {
      await page.goto(`/m/cases/${(await caseOf(page)).id}`);
      await heading(page, '资料');
    },
  },
  { file: 'member-sign-in', account: null, go: at('/') },
  {
    file: 'member-service',
    account: 'lin',
    go: async (page) => await at(`/m/services/${await cardPath(page, '林小满')}`)(page),
  },
  {
    file: 'member-decision',
    account: 'zheng',
    go: async (page) => {
      await page.goto(`/m/cases/${(await caseOf(page)).id}`);
      await page.getByRole('link', { name: '查看审核结果' }).click();
      await heading(page, '审核结果');
    },
  },
  { file: 'member-cases', account: 'han', go: at('/m/cases') },
  { file: 'member-messages', account: 'han', go: at('/m/inbox') },
  { file: 'member-me', account: 'han', go: at('/m/me') },
  { file: 'member-disclosures', account: 'han', go: at('/m/disclosures') },
  { file: 'member-family', account: 'shi', go: at('/m/family') },
  { file: 'member-settings', account: 'han', go: at('/m/settings') },
  {
    file: 'member-search',
    account: 'han',
    go: async (page) => {
      await page.goto('/m/search');
      await page.getByRole('searchbox').fill('住院');
      await page.getByText(/^(先显示|找到) \d+ 项$/).waitFor();
    },
  },
  { file: 'member-papers', account: 'han', go: at('/m/papers') },
  { file: 'member-help', account: 'chen', go: async (page) => at(`/m/help?case=${(await caseOf(page)).id}`)(page) },
  {
    file: 'member-complaint',
    account: 'feng',
    go: async (page) => {
      await page.goto('/m/complaints');
      await page.getByRole('link', { name: /TS-/ }).click();
      await heading(page, '答复');
    },
  },
  { file: 'member-sandbox', account: 'han', go: at('/m/sandbox/messages') },
  { file: 'member-costs', account: 'tan', go: ownCase('药费和保险赔付') },
  { file: 'member-pick-up', account: 'xie', go: ownCase('取药时请带') },
  { file: 'member-aid', account: 'rong', go: ownCase('领取赠药') },
  { file: 'member-course', account: 'tang', go: ownCase('病程管理') },
  { file: 'member-hospital', account: 'hua', go: ownCase('加到手机日历') },
  { file: 'member-lists', account: 'lin', go: at('/m/lists/drugs') },
  {
    file: 'console-counter',
    account: 'pharmacist',
    go: async (page) => {
      await page.goto('/console/work');
      await page.getByRole('link', { name: /^TY-/ }).first().click();
      await heading(page, '核对并发药');
    },
  },
];

const CONSOLE: (numbers: Record<string, string>) => Shot[] = (numbers) => [
  { file: 'console-reviewer', account: 'reviewer', go: (page) => openRow(page, numbers.chu!) },
  {
    file: 'console-worklist',
    account: 'manager',
    go: async (page) => {
      await page.goto('/console/work?desk=all');
      await page.getByRole('row').nth(1).waitFor();
    },
  },
  { file: 'console-case-manager', account: 'manager', go: (page) => openRow(page, numbers.wei!) },
  { file: 'console-provider', account: 'provider', go: (page) => openRow(page, numbers.jiang!) },
  {
    file: 'console-desk-check',
    account: 'desk',
    go: async (page) => {
      await page.goto('/console/find');
      await page.getByLabel('保单号').fill('SAMPLE20260001');
      await page.getByRole('button', { name: '查找', exact: true }).click();
      await heading(page, /身份核对/);
    },
  },
  { file: 'console-person', account: 'desk', go: callerFile },
  {
    file: 'console-request',
    account: 'desk',
    go: async (page) => {
      await callerFile(page);
      await page
        .getByRole('row')
        .filter({ hasText: '重疾门诊绿通' })
        .getByRole('button', { name: '代为申请' })
        .first()
        .click();
      await heading(page, /代为申请/);
    },
  },
  { file: 'console-video-desk', account: 'video-doctor', go: (page) => inCall(page, 'doctor') },
  { file: 'console-quality', account: 'supervisor', go: at('/console/quality') },
  { file: 'console-video-board', account: 'supervisor', go: at('/console/video-board') },
  { file: 'console-laboratory', account: 'laboratory', go: (page) => openRow(page, numbers.fan!) },
  { file: 'console-expert', account: 'expert', go: (page) => openRow(page, numbers.su!) },
  { file: 'console-drug-review', account: 'drug-reviewer', go: (page) => openRow(page, numbers.meng!) },
  { file: 'console-drug-consultant', account: 'drug-consultant', go: (page) => openRow(page, numbers.tan!) },
  { file: 'console-aid', account: 'aid-assistant', go: (page) => openRow(page, numbers.rong!) },
  { file: 'console-course', account: 'car-t-specialist', go: (page) => openRow(page, numbers.tang!) },
  {
    file: 'console-settlement',
    account: 'settlement-clerk',
    go: async (page) => {
      await page.goto('/console/settlement');
      await page.getByRole('row').nth(1).getByRole('link').click();
      await page.getByRole('row').nth(1).waitFor();
    },
  },
  { file: 'console-hospital', account: 'hospital-staff', go: at('/console/hospital') },
  { file: 'console-lists', account: 'manager', go: at('/console/lists/drugs') },
  { file: 'console-phrases', account: 'manager', go: at('/console/phrases') },
  { file: 'console-sign-in', account: null, go: at('/console/') },
  { file: 'console-approvals', account: 'supervisor', go: at('/console/approvals') },
  {
    file: 'console-complaint',
    account: 'complaint-handler2',
    go: async (page) => {
      await page.goto('/console/complaints');
      await page.getByRole('row').filter({ hasText: '核查' }).getByRole('link').click();
      await heading(page, '答复');
    },
  },
  { file: 'console-call-backs', account: 'desk', go: at('/console/call-backs') },
  { file: 'console-breaches', account: 'operations', go: at('/console/breaches') },
  { file: 'console-promises', account: 'operations', go: at('/console/promises') },
  { file: 'console-sandbox', account: 'operations', go: at('/console/sandbox/messages') },
  {
    file: 'console-clocks',
    account: 'operations',
    go: async (page) => {
      await page.goto('/console/clocks');
      await page.getByRole('row').nth(1).waitFor();
    },
  },
  { file: 'console-supervisor', account: 'supervisor', go: (page) => openRow(page, numbers.cao!) },
  {
    file: 'console-plan',
    account: 'planner',
    go: async (page) => {
      const { items } = await read<{ items: { plan: string; edition: string }[] }>(page, '/plans');
      const plan = items.find((one) => one.plan === 'zhenai21') ?? items[0]!;
      await page.goto(`/console/plans/${plan.plan}/${plan.edition}`);
      await page.getByRole('row').nth(1).waitFor();
    },
  },
  {
    file: 'console-audit',
    account: 'auditor',
    go: async (page) => {
      await page.goto('/console/audit');
      await page.getByRole('row').nth(1).waitFor();
    },
  },
  {
    file: 'console-accounts',
    account: 'admin',
    go: async (page) => {
      await page.goto('/console/accounts');
      await page.getByRole('row').nth(1).waitFor();
    },
  },
];

/** Fewer colours until the picture is small enough. */
async function small(png: Buffer): Promise<Buffer> {
  for (const colours of [128, 64, 32, 16]) {
    const packed = await sharp(png).png({ palette: true, colours, effort: 10, dither: 0 }).toBuffer();
    if (packed.length <= MOST_BYTES) return packed;
  }
  throw new Error('a picture stays too large');
}

async function take(context: BrowserContext, shot: Shot): Promise<void> {
  const page = await context.newPage();
  await context.clearCookies();
  if (shot.account) await become(page, shot.account);
  await shot.go(page);
  await page.evaluate(() => document.fonts.ready);
  const packed = await small(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
  writeFileSync(`${FOLDER}/${shot.file}.png`, packed);
  process.stdout.write(`${shot.file}.png ${Math.ceil(packed.length / 1024)} KiB\n`);
  await page.close();
}

const context = (browser: Browser, baseURL: string, size: [number, number], scale: number, mobile: boolean) =>
  browser.newContext({
    baseURL,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width: size[0], height: size[1] },
    deviceScaleFactor: scale,
    isMobile: mobile,
    hasTouch: mobile,
  });

const [baseURL = 'http://localhost:3000', ...only] = process.argv.slice(2);
mkdirSync(FOLDER, { recursive: true });
const env = Object.fromEntries(
  Object.entries({ ...process.env, ...fontEnv() }).map(([name, value]) => [name, value ?? '']),
);
const browser = await chromium.launch({
  executablePath: await chromiumPath(),
  env,
  args: CHROMIUM_ARGS,
});
try {
  const phone = await context(browser, baseURL, [390, 844], 2, true);
  const desk = await context(browser, baseURL, [1440, 900], 1, false);
  const numbers: Record<string, string> = {};
  for (const account of ['chu', 'wei', 'jiang', 'cao', 'fan', 'su', 'meng', 'tan', 'rong', 'tang'])
    numbers[account] = await numberOf(phone, account);
  const wanted = (shot: Shot) => only.length === 0 || only.includes(shot.file);
  for (const shot of MEMBER.filter(wanted)) await take(phone, shot);
  for (const shot of CONSOLE(numbers).filter(wanted)) await take(desk, shot);
} finally {
  await browser.close();
}
