/** A video consultation as its two sides handle it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { read, send } from './people.ts';

const framesOf = (video: Locator) =>
  video.evaluate((element) => (element as HTMLVideoElement).getVideoPlaybackQuality().totalVideoFrames);

/** Waits until the picture of the other side moves: some frames more than there were are decoded. */
export async function expectMoving(video: Locator): Promise<void> {
  await expect(video).toBeVisible();
  const before = await framesOf(video);
  await expect.poll(() => framesOf(video), { timeout: 30_000 }).toBeGreaterThan(before + 3);
}

type Form = {
  notices: { id: string; version: number }[];
  consents: { recipient: string; purpose: string; textVersion: number }[];
};

/** Asks for a doctor as the page's member, with all that is to be read agreed to; answers with the case. */
export async function askForDoctor(page: Page, place: string, complaint: string): Promise<string> {
  const [policyId, personId, service] = place.split('/');
  const form = await read<Form>(page, `/services/${service}/form?policyId=${policyId}&personId=${personId}`);
  const response = await send(page, '/cases', {
    service,
    act: 'use',
    policyId,
    personId,
    illness: null,
    form: { complaint },
    papers: [],
    consents: form.consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
    acknowledged: form.notices.map(({ id, version }) => ({ id, version })),
  });
  return ((await response.json()) as { id: string }).id;
}

/** The doctor comes on duty at her desk, is offered who waits, and takes the call. */
export async function acceptAtDesk(desk: Page, complaint: string): Promise<void> {
  await desk.goto('/console/consult');
  const duty = desk.getByRole('switch', { name: '值班' });
  if ((await duty.getAttribute('aria-checked')) !== 'true') await duty.click();
  const offer = desk.getByRole('alertdialog', { name: '有会员等您接诊' });
  await expect(offer).toContainText(complaint);
  // The browser's clock is days ahead of the sandbox's, as a phone's may be wrong: what is left is counted by the server's.
  await expect(offer.getByRole('timer')).toHaveText(/(?<!\d)(1\d|20|[1-9])(?!\d)/);
  await offer.getByRole('button', { name: '接诊', exact: true }).click();
}

/** The member's way into the room. */
export async function enterRoom(page: Page, caseId: string): Promise<void> {
  await page.goto(`/m/cases/${caseId}`);
  await page.getByRole('link', { name: '进入诊室' }).click();
  await page.getByRole('button', { name: '开摄像头进入' }).click();
}
