/**
 * Every screen there is, as somebody who has something there: the table that the run with axe, the walk in large type and
 * the accessibility trees share. A new address of web/member/App.tsx or web/console/routes.tsx gets its row here, and so
 * does a state of one that differs much; web/screens.test.ts finds the address that was forgotten.
 */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { PERSONAS } from '#server/sandbox/people.ts';
import { become, cardPath, caseOf, passCheck, read } from './people.ts';

export interface Screen {
  /** Its name, and that of the file of its tree: small letters and hyphens. */
  id: string;
  /** Who looks, by a key of the sandbox's people; null before anybody signed in. */
  as: string | null;
  /** The address it is of, as the routes write it. */
  route: string;
  /** Whose it is, where the looker is somebody else: whose case, or for whom a service is asked. */
  of?: string;
  /** The service, where the address holds one; outpatient access unless said. */
  service?: string;
  /** The address, where route, `of` and `service` do not tell it. */
  at?: (page: Page) => string | Promise<string>;
  /** What is tapped before it is looked at, in either language. It moves neither time nor a case. */
  open?: (page: Page) => Promise<unknown>;
}

/** The words of a message in either language, for what is found by its name; what is filled in may be anything. */
export function words(key: string): RegExp {
  const found = MESSAGES.map((messages) => messages[key]).filter((text) => text !== undefined);
  if (found.length === 0) throw new Error(`no message is called ${key}`);
  const patterns = found.map((text) => text.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '.*'));
  return new RegExp(`^(?:${patterns.join('|')})$`);
}
const MESSAGES = ['member', 'console', 'shared'].flatMap((folder) =>
  ['zh-CN', 'en'].map(
    (locale) => JSON.parse(readFileSync(`web/messages/${folder}/${locale}.json`, 'utf8')) as Record<string, string>,
  ),
);

/** Taps the button, or opens what is folded, of that message. */
const tap = (key: string) => async (page: Page) => {
  const button: Locator = page.getByRole('button', { name: words(key) });
  await button.first().click();
};
/** Taps what the case asks of its reader, at the bottom of the screen. */
const primary = (page: Page) => page.getByRole('main').locator('.sticky .btn-primary').click();
/** A sheet that came, with all that it reads. */
const sheet = (page: Page) => page.getByRole('dialog').waitFor();
const then =
  (...steps: ((page: Page) => Promise<unknown>)[]) =>
  async (page: Page) => {
    for (const step of steps) await step(page);
  };
/** Unfolds everything that is folded, on the screen itself. */
const unfold = (page: Page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    for (const button of document.querySelectorAll<HTMLElement>('main [aria-expanded="false"]')) button.click();
  });

const CASE = 'm/cases/:id';
const SERVICE = 'm/services/:policyId/:personId/:service';
const APPLY = 'm/apply/:policyId/:personId/:service';
const VIDEO = 'm/video/:policyId/:personId/:service';

/** The member's screens. */
export const MEMBER_SCREENS: readonly Screen[] = [
  { id: 'sign-in', as: null, route: 'index' },
  { id: 'home', as: 'lin', route: 'index' },
  { id: 'home-two-persons', as: 'shi', route: 'index' },
  { id: 'service-usable', as: 'lin', route: SERVICE, open: unfold },
  { id: 'service-refused', as: 'zheng', route: SERVICE, open: unfold },
  { id: 'service-drug', as: 'lin', route: SERVICE, service: 'special-drug', open: unfold },
  { id: 'apply-illness', as: 'lin', route: APPLY },
  { id: 'apply-check-up', as: 'hua', route: APPLY, service: 'hospital-assist' },
  { id: 'decision', as: 'zheng', route: 'm/decisions/:id', at: decisionOf, open: unfold },
  { id: 'cases', as: 'han', route: 'm/cases' },
  { id: 'cases-none', as: 'wu', route: 'm/cases' },
  { id: 'case-slot', as: 'shen', route: CASE },
  { id: 'case-slot-sheet', as: 'shen', route: CASE, open: then(primary, sheet) },
  { id: 'case-papers', as: 'chen', route: CASE },
  { id: 'case-consent', as: 'zhang', route: CASE },
  { id: 'case-consent-sheet', as: 'zhang', route: CASE, open: then(tap('consent_to'), sheet) },
  { id: 'case-own-consent', as: 'shiwife', route: CASE },
  { id: 'case-late', as: 'jiang', route: CASE, open: unfold },
  { id: 'case-rating', as: 'zhu', route: CASE, open: then(primary, sheet) },
  { id: 'case-booked', as: 'han', route: CASE },
  { id: 'case-admission', as: 'jin', route: CASE },
  { id: 'case-signing', as: 'qiu', route: CASE },
  { id: 'case-signing-sheet', as: 'qiu', route: CASE, open: then(tap('ic_read_and_sign'), sheet) },
  { id: 'case-report', as: 'miao', route: CASE },
  { id: 'case-opinion', as: 'lu', route: CASE, open: unfold },
  { id: 'case-drug-purchase', as: 'xie', route: CASE },
  { id: 'case-drug-costs', as: 'tan', route: CASE, open: unfold },
  { id: 'case-aid', as: 'rong', route: CASE, open: unfold },
  { id: 'case-course', as: 'tang', route: CASE },
  { id: 'case-course-diary', as: 'tang', route: CASE, open: then(tap('diary_add'), sheet) },
  { id: 'case-course-card', as: 'tang', route: CASE, open: then(tap('card_title'), sheet) },
  { id: 'case-hospital', as: 'hua', route: CASE },
  { id: 'case-claim', as: 'mao', route: CASE, open: unfold },
  { id: 'case-video-queue', as: 'pu', route: CASE, at: openCase },
  { id: 'case-video-note', as: 'sang', route: CASE, at: finalCase },
  { id: 'video', as: 'gong', route: VIDEO, service: 'video-consultation' },
  { id: 'video-closed', as: 'lin', route: VIDEO, service: 'video-consultation' },
  { id: 'video-lapsed', as: 'yun', route: VIDEO, service: 'video-consultation' },
  { id: 'video-ask', as: 'gong', route: `${VIDEO}/ask`, service: 'video-consultation' },
  { id: 'messages', as: 'han', route: 'm/inbox' },
  { id: 'me', as: 'han', route: 'm/me' },
  {
    id: 'search',
    as: 'lin',
    route: 'm/search',
    open: then(
      (page) => page.getByRole('searchbox').fill('药'),
      (page) => page.getByText(words('search_found_more')).waitFor(),
    ),
  },
  { id: 'settings', as: 'han', route: 'm/settings' },
  { id: 'consents', as: 'han', route: 'm/consents', open: unfold },
  { id: 'disclosures', as: 'han', route: 'm/disclosures' },
  { id: 'family', as: 'han', route: 'm/family', open: unfold },
  { id: 'family-sheet', as: 'han', route: 'm/family', open: then(primary, sheet) },
  {
    id: 'family-ask',
    as: 'shi',
    route: 'm/family',
    open: then((page) => page.locator('article [aria-haspopup=dialog]').first().click(), sheet),
  },
  { id: 'lists-drugs', as: 'lin', route: 'm/lists/:list?', at: () => '/m/lists/drugs' },
  { id: 'papers', as: 'han', route: 'm/papers' },
  { id: 'papers-none', as: 'zhou', route: 'm/papers' },
  { id: 'help', as: 'chen', route: 'm/help', at: async (page) => `/m/help?case=${(await caseOf(page)).id}` },
  { id: 'complaints', as: 'feng', route: 'm/complaints' },
  { id: 'complaint-asked', as: 'zhu', route: 'm/complaints/:id', at: complaint, open: unfold },
  { id: 'sandbox-messages', as: 'han', route: 'm/sandbox/messages' },
  {
    id: 'sandbox-time',
    as: 'han',
    route: 'm/cases',
    open: then((page) => page.getByRole('complementary').getByRole('button').click(), sheet),
  },
  { id: 'card-none', as: null, route: 'm/card' },
  { id: 'wechat-bind', as: null, route: 'm/wechat' },
];

/** Screens that only a journey comes to, where its spec looks at them with the same eyes. */
export const SEEN_IN_JOURNEYS: readonly { route: string; spec: string }[] = [
  { route: 'm/cases/:id/call', spec: 'member-video.spec.ts' },
];

const WORK = 'work/:caseId?';
const EDITION = 'plans/:plan/:edition';
const REQUEST = 'persons/:personId/request';

/** The console's pages, each as a role that has it. */
export const CONSOLE_SCREENS: readonly Screen[] = [
  { id: 'sign-in', as: null, route: 'index' },
  { id: 'find', as: 'desk', route: 'find' },
  { id: 'work-reviewer', as: 'reviewer', route: WORK },
  { id: 'work-all', as: 'manager', route: WORK, at: () => '/console/work?desk=all' },
  { id: 'work-provider', as: 'provider', route: WORK },
  { id: 'work-laboratory', as: 'laboratory', route: WORK },
  { id: 'work-expert', as: 'expert', route: WORK },
  { id: 'work-supervisor', as: 'supervisor', route: WORK },
  { id: 'work-pharmacist', as: 'pharmacist', route: WORK },
  { id: 'phrases', as: 'manager', route: 'phrases' },
  { id: 'approvals', as: 'supervisor', route: 'approvals' },
  { id: 'complaints', as: 'complaint-handler', route: 'complaints' },
  { id: 'complaint', as: 'complaint-handler2', route: 'complaints/:id', at: (page) => handled(page) },
  {
    id: 'complaint-case',
    as: 'complaint-handler2',
    route: 'complaints/:id/case',
    at: (page) => handled(page, '/case'),
  },
  { id: 'call-backs', as: 'desk', route: 'call-backs' },
  { id: 'video-board', as: 'supervisor', route: 'video-board' },
  { id: 'consult', as: 'video-doctor', route: 'consult' },
  { id: 'lists-drugs', as: 'manager', route: 'lists/:list?', at: () => '/console/lists/drugs' },
  { id: 'clocks', as: 'operations', route: 'clocks' },
  { id: 'breaches', as: 'operations', route: 'breaches' },
  { id: 'promises', as: 'operations', route: 'promises' },
  { id: 'quality', as: 'supervisor', route: 'quality' },
  { id: 'settlement', as: 'settlement-clerk', route: 'settlement' },
  { id: 'statement', as: 'settlement-clerk', route: 'settlement/:id', at: statement },
  { id: 'hospital', as: 'hospital-staff', route: 'hospital' },
  { id: 'plans', as: 'planner', route: 'plans' },
  { id: 'plan-by-clause', as: 'planner', route: EDITION, at: edition },
  { id: 'plan-by-service', as: 'planner', route: EDITION, at: async (page) => `${await edition(page)}?tab=services` },
  { id: 'accounts', as: 'admin', route: 'accounts' },
  { id: 'audit', as: 'auditor', route: 'audit' },
  { id: 'sandbox-messages', as: 'operations', route: 'sandbox/messages' },
  { id: 'nothing-here', as: 'operations', route: '*', at: () => '/console/nothing-here' },
  { id: 'case-reviewer', as: 'reviewer', route: WORK, of: 'chu' },
  { id: 'case-manager', as: 'manager', route: WORK, of: 'wei' },
  { id: 'case-manager-signing', as: 'manager', route: WORK, of: 'qiu' },
  { id: 'case-provider', as: 'provider', route: WORK, of: 'yang' },
  { id: 'case-laboratory', as: 'laboratory', route: WORK, of: 'fan' },
  { id: 'case-expert', as: 'expert', route: WORK, of: 'su' },
  { id: 'case-expert-images', as: 'expert', route: WORK, of: 'su', open: images },
  { id: 'case-expert-done', as: 'expert', route: WORK, of: 'lu' },
  { id: 'case-supervisor', as: 'supervisor', route: WORK, of: 'cao' },
  { id: 'case-drug-review', as: 'drug-reviewer', route: WORK, of: 'meng' },
  { id: 'case-drug-consultant', as: 'drug-consultant', route: WORK, of: 'tan' },
  { id: 'case-pharmacist', as: 'pharmacist', route: WORK, of: 'xie' },
  { id: 'case-aid', as: 'aid-assistant', route: WORK, of: 'rong' },
  { id: 'case-car-t', as: 'car-t-specialist', route: WORK, of: 'tang' },
  { id: 'case-panel', as: 'expert', route: WORK, of: 'xue' },
  { id: 'person', as: 'desk', route: 'persons/:personId', of: 'lu', at: (page) => caller(page) },
  { id: 'request-gene-test', as: 'desk', route: REQUEST, of: 'lu', at: (page) => caller(page, 'gene-test') },
  { id: 'request-opinion', as: 'desk', route: REQUEST, of: 'lu', at: (page) => caller(page, 'second-opinion') },
];

async function decisionOf(page: Page): Promise<string> {
  const { decision } = await read<{ decision: { id: string } }>(page, `/cases/${(await caseOf(page)).id}`);
  return `/m/decisions/${decision.id}`;
}
type Own = { id: string; final: boolean };
async function openCase(page: Page): Promise<string> {
  const { items } = await read<{ items: Own[] }>(page, '/cases');
  return `/m/cases/${items.find(({ final }) => !final)!.id}`;
}
async function finalCase(page: Page): Promise<string> {
  const { items } = await read<{ items: Own[] }>(page, '/cases');
  return `/m/cases/${items.find(({ final }) => final)!.id}`;
}
async function edition(page: Page): Promise<string> {
  const { items } = await read<{ items: { plan: string; edition: string }[] }>(page, '/plans');
  const plan = items.find((one) => one.plan === 'zhenai21')!;
  return `/console/plans/${plan.plan}/${plan.edition}`;
}
async function statement(page: Page): Promise<string> {
  const { items } = await read<{ items: { id: string }[] }>(page, '/settlement/statements');
  return `/console/settlement/${items[0]!.id}`;
}
async function complaint(page: Page): Promise<string> {
  const { items } = await read<{ items: { id: string }[] }>(page, '/complaints');
  return `/m/complaints/${items[0]!.id}`;
}
/** A complaint in the looker's hands. */
async function handled(page: Page, more = ''): Promise<string> {
  const { items } = await read<{ items: { id: string; mine: boolean }[] }>(page, '/complaint-desk');
  return `/console/complaints/${items.find(({ mine }) => mine)!.id}${more}`;
}
async function images(page: Page): Promise<void> {
  await page.getByRole('button', { name: /CT\.zip/ }).click();
  await page.getByRole('application').waitFor();
}
/** 陆建平, who is on the line and has said who he is; his second opinion is done and his other services are open. */
async function caller(page: Page, service?: string): Promise<string> {
  await become(page, 'lu');
  const [policyId, personId] = (await cardPath(page, '陆建平', 'second-opinion')).split('/');
  await become(page, 'desk');
  await passCheck(page, 'lu', personId!);
  return `/console/persons/${personId}${service ? `/request?policyId=${policyId}&service=${service}` : ''}`;
}

/** Signs the page in as the screen's looker and tells the screen's address. */
export async function pathOf(page: Page, screen: Screen): Promise<string> {
  const { as, of, at, route, service } = screen;
  const home = CONSOLE_SCREENS.includes(screen) ? '/console' : '';
  if (!as) return `${home}/${route === 'index' ? '' : route}`;
  await become(page, of && !at ? of : as);
  if (at) return at(page);
  if (route === CASE) return `/m/cases/${(await caseOf(page)).id}`;
  if (route === WORK && of) {
    const { id } = await caseOf(page);
    await become(page, as);
    return `/console/work/${id}`;
  }
  if (route.includes(':service')) {
    const name = PERSONAS.find(({ key }) => key === (of ?? as))!.name;
    return `/${route.replace(':policyId/:personId/:service', await cardPath(page, name, service))}`;
  }
  return route === 'index' ? '/' : `${home}/${route.replace(/\/:\w+\?$/, '')}`;
}

/** Opens the address on a device that keeps nothing but the language, as the switch of either page keeps it. */
export async function inLanguage(page: Page, locale: 'zh-CN' | 'en', path: string): Promise<void> {
  // Before there is an address there is no device to keep it on.
  if (!page.url().startsWith('http')) await page.goto('/icon.svg');
  await page.evaluate((chosen) => {
    localStorage.clear();
    sessionStorage.clear();
    localStorage.setItem('yilu.locale', chosen);
  }, locale);
  await page.goto(path);
}
