/** What the member's side does with a request before anything is arranged; shared by the charts, v1: released, never edited. */
import { payload, referenceField, textField } from '../fields.ts';
import type { EventDef } from '../journey.ts';
import { def, MEMBER_SIDE, t } from './kit-v1.ts';

export const requestEvents: Readonly<Record<string, EventDef>> = {
  giveOwnConsent: def({
    label: t('同意这份申请', 'Agree to this request'),
    told: t('本人同意了这份申请', 'Agreed to the request'),
    by: ['member', 'service-desk'],
    schema: payload({}),
    weight: 'primary',
    decides: true,
  }),
  declineOwnConsent: def({
    label: t('不同意这份申请', 'Do not agree'),
    told: t('本人没有同意这份申请', 'Did not agree to the request'),
    by: ['member', 'service-desk'],
    schema: payload({}),
  }),
  handInPaper: def({
    label: t('补交资料', 'Hand in a paper'),
    told: t('补交了资料', 'Handed in a paper'),
    by: MEMBER_SIDE,
    weight: (_, facts) => (facts.missingPapers.length > 0 ? 'primary' : 'normal'),
    schema: payload({
      kind: referenceField({ title: t('资料种类', 'Kind of paper'), group: 'papers', ref: 'paper:kind' }),
      paper: referenceField({ title: t('资料', 'Paper'), group: 'papers', ref: 'paper:mine' }),
    }),
  }),
  withdraw: def({
    label: t('撤回申请', 'Withdraw'),
    told: t('撤回了申请', 'Withdrew the request'),
    by: MEMBER_SIDE,
    whileSuspended: true,
    warning: (context) =>
      context.changed
        ? t('变更时已计为使用 1 次，撤回不再另计', 'Changing counted one use; withdrawing counts no further one')
        : t('撤回不计使用', 'Withdrawing counts as no use'),
    schema: payload({
      why: textField({ title: t('原因', 'Why'), group: 'internal', max: 200, multiline: true }).optional(),
    }),
  }),
};
