/**
 * Apheresis, manufacture, pharmacy, infusion, watch and discharge under one number [2.6.4.3, 2.6.5.2.1]. Whatever number
 * does not match stops everything until a supervisor has cleared it. CAR-T, v1.
 */
import type { ChartEvent } from '../journey.ts';
import { chart } from '../phases/chart-v1.ts';
import { passes, state, t, text } from '../phases/kit-v1.ts';
import { mine } from './context-v1.ts';

type Seen = { context: unknown; event: ChartEvent };

/** Written by hand and read by scanners: case, width and spaces do not make another number. */
const same = (a: string, b: string) => plain(a) === plain(b);
const plain = (value: string) => value.normalize('NFKC').replace(/\s/g, '').toUpperCase();

/** The number sent is not the one from the apheresis, or the lot not the one of the product. */
const mismatch = ({ context, event }: Seen): boolean => {
  const { chain } = mine(context);
  const sent = event.payload as { chain?: string; lot?: string };
  return (
    chain !== null &&
    sent.chain !== undefined &&
    (!same(sent.chain, chain.number) || (chain.lot !== null && !same(sent.lot ?? '', chain.lot)))
  );
};
/** What names the number: where it does not match, everything stops; `then`: where it does. */
const numbered = <T>(from: string, then: T) =>
  [
    {
      guard: mismatch as never,
      target: 'identity-stopped',
      actions: [passes('identity-mismatch'), chart.assign({ stoppedIn: () => from })],
    },
    then,
  ] as const;

const forgetChain = chart.assign({ chain: () => null, pharmacy: () => null, pharmacyName: () => null });
const collectAgain = (milestone: string) =>
  ({ target: 'admitted', actions: [passes(milestone), passes('collect-again'), forgetChain] }) as const;
const stopped = { target: 'closed-stopped', actions: passes('treatment-stopped') } as const;
const withdraw = { target: 'closed-withdrawn', actions: passes('withdrawn') } as const;
/** The company that serves may read no longer. */
export const providerGone = ({ context, event }: Seen) => !event.facts.consented.includes(mine(context).provider ?? '');
const pharmacyGone = ({ context, event }: Seen) =>
  mine(context).pharmacy !== null && !event.facts.consented.includes(mine(context).pharmacy ?? '');
const forgetPharmacy = chart.assign({ pharmacy: () => null, pharmacyName: () => null });

/** The states of the treatment; `interrupted`: what takes any of them away for people to decide. */
export const treatmentPhase = (interrupted: (from: string) => { consentWithdrawn: unknown; policyEnded: unknown }) => {
  /** Who serves may change hands on the way: the provider's end interrupts, the pharmacy's is named anew. */
  const on = (
    from: string,
    pharmacyLeaves: readonly object[] = [{ guard: pharmacyGone as never, actions: forgetPharmacy }],
  ) => {
    const { consentWithdrawn, policyEnded } = interrupted(from);
    return {
      withdraw,
      stopTreatment: stopped,
      attachPaper: {},
      policyEnded,
      providerConsentGiven: {},
      consentWithdrawn: [...[consentWithdrawn].flat(), ...pharmacyLeaves, { actions: [] }],
    };
  };
  const namePharmacy = {
    actions: [
      passes('pharmacy-named'),
      chart.assign({
        pharmacy: (({ event }: Seen) => String(event.facts.refs.pharmacy?.key ?? '')) as never,
        pharmacyName: (({ event }: Seen) => String(event.facts.refs.pharmacy?.name ?? '')) as never,
      }),
    ],
  };
  return {
    admitted: {
      meta: state({
        label: t('已入院，准备单采', 'Admitted; apheresis ahead'),
        turn: 'car-t-specialist',
        does: t('陪您完成单采，登记身份链编号', 'record the apheresis with its number'),
        until: { none: t('由医生按身体情况决定', 'the doctors decide by her condition') },
        step: 'treat',
      }),
      on: {
        // No pharmacy is named yet.
        ...on('admitted', []),
        recordApheresis: {
          target: 'manufacturing',
          actions: [
            passes('apheresis-done'),
            chart.assign({
              chain: (({ event }: Seen) => ({
                number: text(event, 'chain'),
                collectedAt: text(event, 'collectedAt'),
                lot: null,
              })) as never,
            }),
          ],
        },
      },
    },
    manufacturing: {
      meta: state({
        label: t('产品制备中', 'The product is being made'),
        turn: 'car-t-specialist',
        does: t('跟进制备和桥接治疗，定下确认药品的药店', 'follow manufacture and bridging, name the pharmacy'),
        until: { none: t('一般三到五周，以生产企业为准', 'usually three to five weeks, by the maker') },
        step: 'treat',
      }),
      on: {
        ...on('manufacturing'),
        recordBridging: { actions: passes('bridging-given') },
        namePharmacy,
        recordProduct: numbered('manufacturing', {
          target: 'confirming',
          actions: [
            passes('product-made'),
            chart.assign({
              chain: (({ context, event }: Seen) => ({ ...mine(context).chain, lot: text(event, 'lot') })) as never,
            }),
          ],
        }),
        manufactureFailed: collectAgain('manufacture-failed'),
      },
    },
    confirming: {
      meta: state({
        label: t('药店确认药品', 'The pharmacy confirms the product'),
        turn: 'pharmacist',
        does: t(
          '核对编号和批号，确认药品；需要您到店时会联系您',
          'check number and lot, and confirm; call you if you must come',
        ),
        until: { target: 'product-confirmation' },
        step: 'treat',
      }),
      on: {
        ...on('confirming', [
          {
            guard: pharmacyGone as never,
            target: 'manufacturing',
            actions: [passes('pharmacy-left'), forgetPharmacy, chart.assign({ chain: withoutLot as never })],
          },
        ]),
        confirmProduct: numbered('confirming', { target: 'ready', actions: passes('product-confirmed') }),
      },
    },
    ready: {
      meta: state({
        label: t('准备回输', 'Ready for the infusion'),
        turn: 'car-t-specialist',
        does: t(
          '清淋后回输，床旁两人核对编号',
          'infuse after conditioning; two people check the number at the bedside',
        ),
        until: { none: t('由医生按身体情况决定', 'the doctors decide by her condition') },
        step: 'treat',
      }),
      on: {
        ...on('ready'),
        recordBridging: { actions: passes('bridging-given') },
        infuse: numbered('ready', { target: 'watching', actions: passes('infused') }),
      },
    },
    'identity-stopped': {
      meta: state({
        label: t('编号不符，已全部停下', 'A number does not match: everything is stopped'),
        turn: 'supervisor',
        does: t('查清编号：继续，或产品作废', 'clear the number, or have the product discarded'),
        until: { target: 'identity-check' },
        step: 'treat',
      }),
      on: {
        withdraw,
        stopTreatment: stopped,
        policyEnded: { actions: chart.assign({ policyOpen: () => true }) },
        consentWithdrawn: { actions: [] },
        clearMismatch: ['manufacturing', 'confirming', 'ready'].flatMap((target) => {
          const here = ({ context }: Seen) => mine(context).stoppedIn === target;
          const again = [passes('identity-cleared'), ...(target === 'confirming' ? [passes('product-made')] : [])];
          return [
            {
              guard: ((seen: Seen) => here(seen) && mine(seen.context).policyOpen) as never,
              target: 'policy-deciding',
              actions: [
                passes('identity-cleared'),
                passes('policy-ended-after-booking'),
                chart.assign({ resumeIn: () => target, policyOpen: () => false }),
              ],
            },
            { guard: here as never, target, actions: again },
          ];
        }),
        discardProduct: collectAgain('product-discarded'),
      },
    },
    watching: {
      meta: state({
        label: t('回输后住院观察', 'Watched in hospital after the infusion'),
        turn: 'car-t-specialist',
        does: t('登记观察情况，出院时登记出院', 'record what is seen and, at the end, the discharge'),
        until: { none: t('一般两到三周，由医生决定', 'usually two to three weeks; the doctors decide') },
        step: 'treat',
      }),
      on: {
        ...on('watching'),
        recordWatch: {},
        leaveHospital: [
          {
            guard: (({ context }: Seen) => mine(context).honoured === 'to-discharge') as never,
            target: 'completed',
            actions: [passes('discharged'), passes('closed')],
          },
          { target: 'course', actions: passes('discharged') },
        ],
      },
    },
    course: {
      meta: state({
        label: t('病程管理中', 'Course management'),
        turn: 'car-t-specialist',
        does: t(
          '按计划回访，看您记的反应和问卷，调整营养和康复',
          'call by schedule, read diary and answer, adjust nutrition and rehabilitation',
        ),
        until: { none: t('按回访计划，见病程管理', 'by the schedule of the course') },
        step: 'course',
      }),
      on: {
        ...on('course'),
        finishCourse: { target: 'summarised', actions: [passes('summary-released'), 'rememberSummary'] },
      },
    },
  } as const;
};

function withoutLot({ context }: Seen) {
  const { chain } = mine(context);
  return chain && { ...chain, lot: null };
}
