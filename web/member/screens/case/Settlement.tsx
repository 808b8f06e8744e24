import { useQuery } from '@tanstack/react-query';
import { get } from '../../../shared/api.ts';
import { formatMoney } from '../../../shared/format.ts';
import { keys } from '../../../shared/keys.ts';
import { m } from '../../../shared/paraglide/messages.js';
import type { CaseSettlement } from '../../../shared/types.ts';
import { day } from '../../../shared/words.ts';

type Purchase = CaseSettlement['purchases'][number];
type Line = NonNullable<Purchase['expected']>['lines'][number];

/** What the drugs of a case come to: who pays what, how it was reckoned, and what the contract still leaves. */
export function Settlement({ caseId }: { caseId: string }) {
  const { data } = useQuery({
    queryKey: keys.settlement(caseId),
    queryFn: ({ signal }) => get<CaseSettlement>('/api/settlement', { caseId }, signal),
  });
  if (!data || data.purchases.length === 0) return null;
  const { budget, sampleLabel, purchases } = data;
  return (
    <section className="card mt-3" aria-label={m.settlement_title()}>
      <h2 className="font-semibold">{m.settlement_title()}</h2>
      {sampleLabel && <p className="text-sm text-ink-2">{sampleLabel}</p>}
      {purchases.map((purchase) => (
        <PurchaseCard key={purchase.id} purchase={purchase} />
      ))}
      {budget && (
        <div className="mt-3">
          <h3 className="text-sm font-semibold text-ink-2">
            {m.settlement_left({ from: day(budget.yearFrom, false), to: day(budget.yearTo, false) })}
          </h3>
          <dl>
            {budget.deductible > 0 && <Pair name={m.settlement_deductible_left()} amount={budget.deductibleLeft} />}
            {budget.annualLeft !== null && <Pair name={m.settlement_annual_left()} amount={budget.annualLeft} />}
            {budget.lifetimeLeft !== null && <Pair name={m.settlement_lifetime_left()} amount={budget.lifetimeLeft} />}
          </dl>
        </div>
      )}
    </section>
  );
}

function PurchaseCard({ purchase }: { purchase: Purchase }) {
  const { expected, dispensings } = purchase;
  return (
    <div className="mt-3">
      <h3 className="font-semibold">{m.settlement_purchase({ drug: purchase.drug, n: String(purchase.quantity) })}</h3>
      <p className="text-sm text-ink-2">
        {purchase.stateLabel}
        {purchase.state === 'reserved' && ` · ${m.settlement_until({ day: day(purchase.validUntil, false) })}`}
        {purchase.pharmacy && ` · ${purchase.pharmacy}`}
      </p>
      {expected && (
        <>
          <dl>
            <Pair name={m.settlement_insurer_will({ n: String(purchase.left) })} amount={expected.insurer} />
            <Pair name={m.settlement_you_will()} amount={expected.member} strong />
          </dl>
          <Reckoning lines={expected.lines} />
        </>
      )}
      {dispensings.map((one) => (
        <div key={one.id} className="mt-2">
          <p className="text-sm text-ink-2">
            {m.settlement_dispensed({ day: day(one.on, false), where: one.pharmacy })}
          </p>
          <dl>
            <Pair name={m.settlement_insurer_paid()} amount={one.insurer} />
            <Pair name={m.settlement_you_paid()} amount={one.member} />
            {one.coldChainFee > 0 && <Pair name={m.settlement_cold_chain()} amount={one.coldChainFee} />}
            {one.returned > 0 && <Pair name={m.settlement_returned()} amount={one.returned} />}
            {one.paid > 0 && <Pair name={m.settlement_paid_at_pharmacy()} amount={one.paid} />}
            {one.memberDue > 0 && <Pair name={m.settlement_due()} amount={one.memberDue} strong />}
            {one.memberDue < 0 && <Pair name={m.settlement_refund()} amount={-one.memberDue} strong />}
          </dl>
          <Reckoning lines={one.lines} />
        </div>
      ))}
    </div>
  );
}

function Pair({ name, amount, strong = false }: { name: string; amount: number; strong?: boolean }) {
  return (
    <div className="flex flex-wrap justify-between gap-x-3 py-1">
      <dt className="flex-[1_1_8rem]">{name}</dt>
      <dd className={strong ? 'ml-auto shrink-0 font-semibold' : 'ml-auto shrink-0'}>{formatMoney(amount)}</dd>
    </div>
  );
}

/** From the price to what she pays, a sentence a step. */
function Reckoning({ lines }: { lines: Line[] }) {
  return (
    <details>
      <summary className="min-h-11 content-center">{m.settlement_how()}</summary>
      {lines.map((line) => (
        <ol key={line.price} className="list-decimal pl-5">
          {line.steps.map(({ code, text }) => (
            <li key={code}>{text}</li>
          ))}
        </ol>
      ))}
    </details>
  );
}
