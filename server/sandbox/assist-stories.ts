/** What happened at the sandbox's hospital before the visitor came: one booked for today, one claim handed over. */
import type { SlotView } from '#contract/hospital.ts';
import { at, type Scene, type Stage, step, story } from './story-steps.ts';

const SERVICE = 'hospital-assist';

/** A request for one item; the consents are those that this item asks for. */
const asks =
  (key: string, form: { item: string; needs?: string }) =>
  async (stage: Stage, _id: () => string, keep: (id: string) => void) => {
    const player = await stage.member(key);
    const [policyId, personId] = [stage.policyId(key), stage.personId(key)];
    const asked = await player.form(SERVICE, policyId, personId);
    const created = await player.request({
      service: SERVICE,
      policyId,
      personId,
      form,
      consents: asked.consents
        .filter(({ items }) => items === null || items.includes(form.item))
        .map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
      acknowledged: asked.notices.map(({ id, version }) => ({ id, version })),
    });
    keep(created.id);
  };

async function books(stage: Stage, key: string, id: string, startsAt: string): Promise<void> {
  const player = await stage.member(key);
  const { items } = await player.must<{ items: SlotView[] }>('GET', `/hospital/slots?caseId=${id}`);
  const slot = items.find((one) => one.startsAt === startsAt && one.doctor === '示例医生弘一');
  if (!slot) throw new Error(`The sample hospital has no slot at ${startsAt}`);
  await player.events(id, [['holdSlot', { slot: slot.id }], ['confirmBooking']]);
  await (await stage.worker('hospital-staff')).event(id, 'enterBooking');
}

async function claims(stage: Stage, key: string, id: string): Promise<void> {
  const player = await stage.member(key);
  for (const kind of ['invoice', 'visit-record']) await player.attach(id, kind, stage.picture);
  await player.events(id, [
    [
      'fillClaim',
      {
        what: 'outpatient',
        visitedOn: '2026-11-09',
        amount: 86_350,
        holder: '毛秋萍',
        bank: '示例银行厦门分行',
        account: '6222020000000008888',
      },
    ],
    ['submitClaim'],
  ]);
}

export const ASSIST: readonly Scene[] = [
  // 华若兰: an expert visit this morning, entered by the hospital; she has not come yet.
  ...story([
    [at('2026-11-16', '20:10'), asks('hua', { item: 'expert', needs: '需要借轮椅' })],
    [at('2026-11-16', '20:14'), step((s, id) => books(s, 'hua', id, at('2026-11-18', '10:30')))],
  ]),
  // 毛秋萍: her claim is with the claims system.
  ...story([
    [at('2026-11-12', '09:20'), asks('mao', { item: 'claim' })],
    [at('2026-11-12', '09:35'), step((s, id) => claims(s, 'mao', id))],
    [
      at('2026-11-12', '15:00'),
      step(async (s, id) =>
        (await s.worker('manager2')).events(id, [['acceptClaim'], ['handOverClaim', { reference: 'LP-SAMPLE-0031' }]]),
      ),
    ],
  ]),
];
