/** The sentences that lead from a price to what the member pays, each with its figures. */
import type { Text } from '../plan/schema.ts';
import { percent, yuan } from './fen.ts';
import type { Left, LineFigures, Step } from './quote.ts';
import type { SocialInsurance, Terms } from './terms.ts';

const t = (zh: string, en: string): Text => ({ zh, en });

const USES: Readonly<Record<SocialInsurance, Text>> = {
  used: t('已用医保结算', 'settled through social insurance'),
  'not-used': t('有医保，这次没有用医保结算', 'insured socially, but not settled through it'),
  none: t('没有医保', 'without social insurance'),
};

/** The steps of one line in the order in which they are computed; a step that changes nothing is left out. */
export function explainLine(
  terms: Terms,
  left: Left,
  line: Omit<LineFigures, 'steps'>,
  byRatio: number,
  use: SocialInsurance,
): Step[] {
  const { quantity, price, agreed, charged, waived, elsewhere, eligible, deductible, insurer, member } = line;
  const steps: Step[] = [];
  const add = (code: string, amount: number, text: Text) => steps.push({ code, text, amount });
  add(
    'charged',
    charged,
    t(
      `药价：${quantity} 盒 × ${yuan(price)} = ${yuan(charged)}`,
      `Price: ${quantity} ${quantity === 1 ? 'pack' : 'packs'} at ${yuan(price)} = ${yuan(charged)}`,
    ),
  );
  const above = Math.max(0, price - agreed) * quantity;
  if (above > 0)
    add(
      'above-agreed',
      above,
      waived > 0
        ? t(
            `每盒协议价是 ${yuan(agreed)}，按协议价算；多出的 ${yuan(above)} 由药店承担，您不用付`,
            `The agreed price of a pack is ${yuan(agreed)}, and that counts; the ${yuan(above)} above it are the pharmacy's, you do not pay them`,
          )
        : t(
            `每盒协议价是 ${yuan(agreed)}，保险按协议价算；多出的 ${yuan(above)} 由您付`,
            `The agreed price of a pack is ${yuan(agreed)}, and the contract counts that; the ${yuan(above)} above it are yours`,
          ),
    );
  if (elsewhere > 0)
    add(
      'elsewhere',
      elsewhere,
      t(`医保或其他方已付 ${yuan(elsewhere)}，先减去`, `Others have paid ${yuan(elsewhere)}, which is taken off first`),
    );
  add('eligible', eligible, t(`保险计算的金额：${yuan(eligible)}`, `What the contract counts: ${yuan(eligible)}`));
  if (terms.deductible > 0)
    add(
      'deductible',
      deductible,
      deductible > 0
        ? t(
            `免赔额：这个保单年度还剩 ${yuan(left.deductible)} 要自付，这次用掉 ${yuan(deductible)}`,
            `Deductible: ${yuan(left.deductible)} of this policy year are still yours to pay, ${yuan(deductible)} of them now`,
          )
        : t('免赔额：这个保单年度已经付满，不再扣', 'Deductible: met for this policy year, nothing is taken off'),
    );
  const ratio = terms.ratios[use];
  add(
    'ratio',
    byRatio,
    t(
      `赔付比例 ${percent(ratio)}（${USES[use].zh}）：${yuan(eligible - deductible)} × ${percent(ratio)} = ${yuan(byRatio)}（四舍五入到分）`,
      `The contract pays ${percent(ratio)} (${USES[use].en}): ${yuan(eligible - deductible)} × ${percent(ratio)} = ${yuan(byRatio)}, rounded to the cent`,
    ),
  );
  if (line.capped !== null) {
    const limit = (line.capped === 'annual' ? left.annual : left.lifetime) ?? 0;
    add(
      `${line.capped}-limit`,
      insurer,
      line.capped === 'annual'
        ? t(
            `这个保单年度的限额只剩 ${yuan(limit)}，所以保险付 ${yuan(insurer)}`,
            `The limit of this policy year leaves ${yuan(limit)}, so the contract pays ${yuan(insurer)}`,
          )
        : t(
            `终身限额只剩 ${yuan(limit)}，所以保险付 ${yuan(insurer)}`,
            `The lifetime limit leaves ${yuan(limit)}, so the contract pays ${yuan(insurer)}`,
          ),
    );
  }
  const taken = [...(waived > 0 ? [waived] : []), ...(elsewhere > 0 ? [elsewhere] : []), insurer];
  add(
    'member',
    member,
    t(
      `您付：${[charged, ...taken].map(yuan).join(' − ')} = ${yuan(member)}`,
      `You pay: ${[charged, ...taken].map(yuan).join(' − ')} = ${yuan(member)}`,
    ),
  );
  return steps;
}
