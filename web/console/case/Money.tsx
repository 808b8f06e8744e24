import { useQuery } from '@tanstack/react-query';
import { get } from '../../shared/api.ts';
import { formatMoney } from '../../shared/format.ts';
import { keys } from '../../shared/keys.ts';
import type { CaseSettlement, CaseView } from '../../shared/types.ts';
import { dayWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { Facts } from './FactsColumn.tsx';

type Dispensing = CaseSettlement['purchases'][number]['dispensings'][number];

/** What each hand-over came to, and who owes whom; whether it is settled is the server's to say. */
export function Money({ view }: { view: CaseView }) {
  const { data } = useQuery({
    queryKey: keys.settlement(view.id),
    queryFn: ({ signal }) => get<CaseSettlement>('/api/settlement', { caseId: view.id }, signal),
    enabled: view.settledDirectly,
  });
  return data?.purchases.map((purchase) => (
    <Facts
      key={purchase.id}
      title={[m.console_money(), purchase.number, purchase.stateLabel].join(' · ')}
      rows={[
        ...(purchase.expected
          ? ([
              [m.console_money_insurer(), formatMoney(purchase.expected.insurer)],
              [m.console_money_member(), formatMoney(purchase.expected.member)],
            ] as [string, string][])
          : []),
        ...purchase.dispensings.map((one): [string, string] => [dayWords(one.on), wordsOf(one)]),
      ]}
    />
  ));
}

function wordsOf({ insurer, member, coldChainFee, returned, paid, memberDue }: Dispensing): string {
  return [
    `${m.console_money_insurer()} ${formatMoney(insurer)}`,
    `${m.console_money_member()} ${formatMoney(member + coldChainFee)}`,
    ...(returned > 0 ? [`${m.console_money_returned()} ${formatMoney(returned)}`] : []),
    `${m.console_money_paid()} ${formatMoney(paid)}`,
    memberDue > 0
      ? m.console_money_due({ amount: formatMoney(memberDue) })
      : memberDue < 0
        ? m.console_money_refund({ amount: formatMoney(-memberDue) })
        : m.console_money_even(),
  ].join('\n');
}
