/** A bed on offer: what it says beyond place, time and escort, and what must be right about it. v1: never edited. */
import { momentField, textField } from '../fields.ts';
import type { Facts, Problem } from '../journey.ts';
import type { PhaseContext } from '../phases/context-v1.ts';
import { checkOffer, offerShape, problem, t } from '../phases/kit-v1.ts';

/** What a bed says beyond place, time and escort. */
const bed = {
  ward: textField({ title: t('病区和床位', 'Ward and bed'), group: 'booking', max: 80 }),
  surgeryAt: momentField({
    title: t('手术时间', 'Time of the surgery'),
    group: 'booking',
    help: t('已经排定的才填', 'only where it is already set'),
  }).optional(),
  preAdmission: textField({
    title: t('入院前准备', 'What to bring and to do before'),
    group: 'booking',
    max: 1000,
    multiline: true,
    help: t(
      '带什么证件和检查、停什么药、空腹到几点、办理窗口',
      'documents and films to bring, medicines to stop, fasting, where to report',
    ),
  }),
};
/** Fields of an offer that travel in `offer.more`. */
export const MORE = ['ward', 'surgeryAt', 'preAdmission'] as const;
export const bedShape = {
  ...offerShape({ at: t('入院时间', 'Time of admission') }),
  ...bed,
};
type BedPayload = { visitAt: string; answerBy: string; surgeryAt?: string };

/** As every offer, and no surgery before the admission. */
export function checkBed(bed: BedPayload, context: PhaseContext, facts: Facts): Problem[] {
  return [
    ...checkOffer(bed, context, facts),
    ...(bed.surgeryAt && new Date(bed.surgeryAt) < new Date(bed.visitAt)
      ? [problem('surgeryAt', '手术不能早于入院', 'cannot be before the admission')]
      : []),
  ];
}
