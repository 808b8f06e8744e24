/**
 * October's statement of one company in the making, with one of each difference that the purchases of drug-stories.ts
 * can bring. None is unsigned: the counter hands nothing over without the signed receipt.
 */
import { OCTOBER } from './drug-stories.ts';
import { at, type Scene, type Stage } from './story-steps.ts';

const PROVIDER = 'huiyi';
const MONTH = '2026-10';

type Line = {
  key: string;
  traceCode: string;
  approval: { number: string; agreedPrice: number } | null;
  dispensed: { insurer: number } | null;
  differences: { code: string }[];
};
const [, dear, doubled, twice] = OCTOBER.ning;
// The last of hers nobody invoiced.
const [alone, back] = OCTOBER.shao;
/** What the invoice says of each pack otherwise than the ledger. */
const SAID: Readonly<Record<string, { over?: number; quantity?: number; times?: number }>> = {
  [dear]: { over: 40_000 },
  [doubled]: { quantity: 2 },
  [twice]: { times: 2 },
};
/** A pack on an approval that had ended, never handed over. */
const NEVER_GIVEN = { traceCode: '81000020261012000008', price: '14713.00', amount: '4713.00' };
const yuan = (fen: number): string => (fen / 100).toFixed(2);

async function handIn(stage: Stage): Promise<void> {
  const clerk = await stage.worker('settlement-clerk');
  const path = '/settlement/statements';
  const { id } = await clerk.must<{ id: string }>('POST', path, { provider: PROVIDER, month: MONTH });
  const provider = await stage.worker('provider2');
  const { items } = await provider.must<{ items: Line[] }>('GET', `${path}/${id}`);
  const rowsOf = (code: string) => {
    const { over = 0, quantity = 1, times = 1 } = SAID[code] ?? {};
    // What came back is on no list of what is due: invoiced as the pack beside it.
    const { approval, dispensed } = items.find(({ traceCode }) => traceCode === (code === back ? alone : code))!;
    const { number, agreedPrice } = approval!;
    const row = [number, code, quantity, yuan(agreedPrice + over), yuan(dispensed!.insurer)].join(',');
    return Array.from({ length: times }, () => row);
  };
  const rows = [...OCTOBER.ning, alone, back].flatMap(rowsOf);
  const { traceCode, price, amount } = NEVER_GIVEN;
  rows.push(`${await endedApproval(stage)},${traceCode},1,${price},${amount}`);
  const head = 'invoice,approval,traceCode,quantity,price,amount';
  const content = [head, ...rows.map((row) => `FP2026100001,${row}`)].join('\n');
  const answer = await provider.sendFile(`${path}/${id}/invoices`, Buffer.from(content), 'fp2026100001.csv');
  if (!(answer.body as { applied: boolean }).applied) throw new Error(JSON.stringify(answer.body));
}

/** The number of the approval that nobody answered. */
async function endedApproval(stage: Stage): Promise<string> {
  const member = await stage.member('tan');
  const { items } = await member.must<{ items: { id: string }[] }>('GET', '/cases');
  const { purchases } = await member.must<{ purchases: { number: string; state: string }[] }>(
    'GET',
    `/settlement?caseId=${items[0]!.id}`,
  );
  return purchases.find(({ state }) => state === 'expired')!.number;
}

/** The clerk has put the price to the provider. */
async function dispute(stage: Stage): Promise<void> {
  const clerk = await stage.worker('settlement-clerk');
  const { items } = await clerk.must<{ items: { id: string }[] }>('GET', '/settlement/statements');
  const path = `/settlement/statements/${items[0]!.id}`;
  const { items: lines } = await clerk.must<{ items: Line[] }>('GET', path);
  const line = lines.find(({ differences }) => differences.some(({ code }) => code === 'price-above-agreed'))!;
  await clerk.must('POST', `${path}/lines/${line.key}`, { act: 'dispute' });
}

export const SETTLEMENTS: readonly Scene[] = [
  { at: at('2026-11-04', '09:30'), play: handIn },
  { at: at('2026-11-05', '10:00'), play: dispute },
];
