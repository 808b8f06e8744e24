/**
 * The events of the treatment: what is recorded under the one number from apheresis to infusion [2.6.4.3]. The pharmacy
 * reads the number and the product (`treatment`), not how she is (`attendance`). CAR-T, v1.
 */
import { choiceField, dayField, momentField, payload, referenceField, textField } from '../fields.ts';
import type { EventDef, Facts, Problem } from '../journey.ts';
import { defOf, problem, reason, t } from '../phases/kit-v1.ts';
import type { Context } from './context-v1.ts';

const def = defOf<Context>();

const number = textField({
  title: t('身份链编号', 'Chain-of-identity number'),
  group: 'treatment',
  max: 40,
  help: t('采集袋、产品和腕带上的同一个编号', 'the one number on bag, product and wristband'),
});
const lot = textField({ title: t('产品批号', 'Lot of the product'), group: 'treatment', max: 40 });
const happenedAt = (title: ReturnType<typeof t>) => momentField({ title, group: 'treatment' });
const past = (field: string, value: string, { now }: Facts): Problem[] =>
  new Date(value).getTime() <= now.getTime() ? [] : [problem(field, '时间不能晚于现在', 'cannot be later than now')];

export const treatmentEvents: Readonly<Record<string, EventDef>> = {
  recordApheresis: def({
    label: t('登记单采', 'Record the apheresis'),
    told: t('完成了单采', 'The cells were collected'),
    by: ['car-t-specialist'],
    weight: 'primary',
    schema: payload({ chain: number, collectedAt: happenedAt(t('采集时间', 'Collected at')) }),
    check: (p: { collectedAt: string }, _context, facts) => past('collectedAt', p.collectedAt, facts),
  }),
  recordBridging: def({
    label: t('登记桥接治疗', 'Record bridging treatment'),
    told: t('登记了桥接治疗', 'Bridging treatment was recorded'),
    by: ['car-t-specialist'],
    schema: payload({
      on: dayField({ title: t('日期', 'Day'), group: 'attendance' }),
      what: textField({ title: t('方案', 'What'), group: 'attendance', max: 300, multiline: true }),
    }),
  }),
  namePharmacy: def({
    label: t('指定确认药店', 'Name the pharmacy that confirms'),
    told: t('指定了确认药品的药店', 'The pharmacy that confirms was named'),
    by: ['car-t-specialist'],
    weight: ({ pharmacy }) => (pharmacy === null ? 'primary' : 'normal'),
    schema: payload({
      pharmacy: referenceField({ title: t('药店', 'Pharmacy'), group: 'treatment', ref: 'list:cart-pharmacies' }),
    }),
    check: (_, { product }, { refs: { pharmacy } }) =>
      pharmacy
        ? (pharmacy.products as readonly string[] | undefined)?.includes(product ?? '')
          ? []
          : [
              problem(
                'pharmacy',
                '这家药店不确认所选的产品，请另选',
                'it does not confirm this product; choose another',
              ),
            ]
        : [
            problem(
              'pharmacy',
              '这家药店今天不在 CAR-T 药店清单上，请另选',
              'not on the list of CAR-T pharmacies as of today',
            ),
          ],
  }),
  recordProduct: def({
    label: t('登记制备完成的产品', 'Record the finished product'),
    told: t('产品制备完成', 'The product was finished'),
    by: ['car-t-specialist'],
    weight: ({ pharmacy }) => (pharmacy === null ? 'normal' : 'primary'),
    schema: payload({
      chain: number,
      lot,
      madeOn: dayField({ title: t('放行日期', 'Released on'), group: 'treatment' }),
    }),
    check: (_, { pharmacy }, { consented }) =>
      pharmacy === null
        ? [problem('', '先指定确认药品的药店', 'name the pharmacy that confirms first')]
        : consented.includes(pharmacy)
          ? []
          : [problem('', '会员还没有同意把资料交给药店', 'the member has not consented to the pharmacy yet')],
  }),
  manufactureFailed: def({
    label: t('制备失败，需要重新单采', 'Manufacture failed: collect again'),
    told: t('制备没有成功，需要重新单采', 'Manufacture failed; cells are collected again'),
    by: ['car-t-specialist'],
    schema: payload({ reason }),
  }),
  confirmProduct: def({
    label: t('药店确认药品', 'Confirm the product'),
    told: t('药店确认了药品', 'The pharmacy confirmed the product'),
    by: ['pharmacist'],
    weight: 'primary',
    schema: payload({
      chain: number,
      lot,
      attended: choiceField({
        title: t('会员到店', 'The member'),
        group: 'treatment',
        choices: ['came', 'not-needed'],
        labels: { came: t('到店确认', 'came and confirmed'), 'not-needed': t('不需要到店', 'did not have to come') },
      }),
    }),
  }),
  infuse: def({
    label: t('登记回输', 'Record the infusion'),
    told: t('完成了回输', 'The cells were infused'),
    by: ['car-t-specialist'],
    weight: 'primary',
    schema: payload({
      chain: number,
      lot,
      infusedAt: happenedAt(t('回输时间', 'Infused at')),
      checkedBy: textField({
        title: t('床旁两人核对', 'The two who checked at the bedside'),
        group: 'treatment',
        max: 60,
      }),
    }),
    check: (p: { infusedAt: string }, _context, facts) => past('infusedAt', p.infusedAt, facts),
  }),
  recordWatch: def({
    label: t('登记住院观察', 'Record what was seen'),
    told: t('登记了住院观察', 'The watch in hospital was recorded'),
    by: ['car-t-specialist'],
    schema: payload({
      what: textField({
        title: t('情况（含反应和分级）', 'What was seen, with grades'),
        group: 'attendance',
        max: 1000,
        multiline: true,
      }),
    }),
  }),
  leaveHospital: def({
    label: t('登记出院', 'Record the discharge'),
    told: t('已出院', 'Discharged'),
    by: ['car-t-specialist'],
    weight: 'primary',
    schema: payload({
      advice: textField({
        title: t('出院嘱咐（会员可见）', 'Advice (the member reads it)'),
        group: 'attendance',
        max: 1000,
        multiline: true,
      }),
    }),
  }),
  stopTreatment: def({
    label: t('医生判断不宜继续，结束', 'Stop: the doctors advise against it'),
    told: t('医生判断不宜继续，治疗中止', 'The doctors advised against going on; the treatment was stopped'),
    by: ['car-t-specialist'],
    weight: 'costly',
    schema: payload({ reason }),
  }),
  clearMismatch: def({
    label: t('查清编号，继续', 'Cleared: go on'),
    told: t('编号已查清，继续治疗', 'The number was cleared; the treatment goes on'),
    by: ['supervisor'],
    schema: payload({
      found: textField({
        title: t('查到什么，依据是什么', 'What was found, by what'),
        group: 'treatment',
        max: 1000,
        multiline: true,
      }),
    }),
    weight: 'costly',
  }),
  discardProduct: def({
    label: t('产品作废，重新单采', 'Discard the product: collect again'),
    told: t('产品作废，需要重新单采', 'The product was discarded; cells are collected again'),
    by: ['supervisor'],
    weight: 'costly',
    schema: payload({ reason }),
  }),
  finishCourse: def({
    label: t('结束病程管理', 'Finish the course management'),
    told: t('病程管理结束', 'The course management ended'),
    by: ['car-t-specialist'],
    schema: payload({
      said: textField({ title: t('治疗和恢复情况', 'How it went'), group: 'attendance', max: 2000, multiline: true }),
      nextSteps: textField({ title: t('下一步', 'Next steps'), group: 'attendance', max: 1000, multiline: true }),
    }),
  }),
};
