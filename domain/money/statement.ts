/**
 * A provider's statement of a month: approval, dispensing and invoice held against each other, pack by pack, with every
 * difference named. Tolerance is 0. A pack is paid once, its share by the ledger, whatever was invoiced.
 */
import type { Day } from '../calendar/day.ts';
import type { Text } from '../plan/schema.ts';
import { type Fen, yuan } from './fen.ts';

export type ApprovalFact = { readonly number: string; readonly agreedPrice: Fen; readonly over: boolean };
/** A pack that was dispensed. `paidBefore`: what earlier statements paid for it, take-backs deducted. */
export type BoxFact = {
  readonly id: string;
  readonly approval: string;
  readonly traceCode: string;
  readonly agreedPrice: Fen;
  /** The insurer's share. */
  readonly insurer: Fen;
  readonly signedOn: Day | null;
  readonly returnedOn: Day | null;
  readonly paidBefore: Fen;
};
/** A line of an invoice as it stands now; `amount` is what the provider claims from the insurer. */
export type InvoiceFact = {
  readonly id: string;
  readonly approval: string;
  readonly traceCode: string;
  readonly quantity: number;
  readonly price: Fen;
  readonly amount: Fen;
  readonly withdrawn: boolean;
};

export type DifferenceCode =
  | 'quantity'
  | 'price-above-agreed'
  | 'amount'
  | 'duplicate-code'
  | 'not-dispensed'
  | 'expired-approval'
  | 'unsigned'
  | 'returned'
  | 'not-invoiced';
export type NamedDifference = { readonly code: DifferenceCode; readonly text: Text };
/** `key`: the invoice line's id, or the pack's where nothing was invoiced. */
export type MatchedLine = {
  readonly key: string;
  readonly box: BoxFact | null;
  readonly invoice: InvoiceFact | null;
  readonly differences: readonly NamedDifference[];
  readonly payable: Fen;
};

const t = (zh: string, en: string): Text => ({ zh, en });

/**
 * Every line of the statement: the invoice's in their order, then the packs that no invoice names. `approvals` are those
 * that the invoices name and that exist.
 */
export function matchStatement(
  boxes: readonly BoxFact[],
  invoices: readonly InvoiceFact[],
  approvals: readonly ApprovalFact[],
): MatchedLine[] {
  const taken = new Set<string>();
  const invoiced = new Set<string>();
  const lines = invoices.map((invoice): MatchedLine => {
    if (invoice.withdrawn) return { key: invoice.id, box: null, invoice, differences: [], payable: 0 };
    const box = boxOf(boxes, invoice, taken);
    const again = invoiced.has(invoice.traceCode);
    invoiced.add(invoice.traceCode);
    // The line that repeats a code stands beside the same pack, but does not take it.
    if (box && !again) taken.add(box.id);
    const approval = approvals.find(({ number }) => number === invoice.approval);
    return {
      key: invoice.id,
      box: box ?? null,
      invoice,
      differences: differencesOf(invoice, box, approval, again),
      payable: box && !again ? dueOf(box) : 0,
    };
  });
  const rest = boxes
    .filter((box) => !taken.has(box.id) && (box.returnedOn === null ? box.insurer : 0) !== box.paidBefore)
    .map((box): MatchedLine => {
      const back = box.returnedOn !== null;
      return {
        key: box.id,
        box,
        invoice: null,
        differences: [
          back ? returned(box) : named('not-invoiced', '已发药，还没有开票', 'Dispensed, not invoiced yet'),
        ],
        payable: back ? -box.paidBefore : 0,
      };
    });
  return [...lines, ...rest];
}

/** Of packs with the code under the approval the one that is out, else the last; a code is out once at a time. */
function boxOf(boxes: readonly BoxFact[], invoice: InvoiceFact, taken: ReadonlySet<string>): BoxFact | undefined {
  const same = boxes.filter(
    ({ traceCode, approval }) => traceCode === invoice.traceCode && approval === invoice.approval,
  );
  return same.find(({ returnedOn, id }) => returnedOn === null && !taken.has(id)) ?? same.at(-1);
}

/** Signed and not returned: the ledger's share, less what was paid. Returned: what was paid comes back. Unsigned: nothing yet. */
function dueOf(box: BoxFact): Fen {
  if (box.returnedOn !== null) return box.paidBefore === 0 ? 0 : -box.paidBefore;
  return box.signedOn === null ? 0 : box.insurer - box.paidBefore;
}

function differencesOf(
  invoice: InvoiceFact,
  box: BoxFact | undefined,
  approval: ApprovalFact | undefined,
  again: boolean,
): NamedDifference[] {
  if (again || (box && box.returnedOn === null && box.paidBefore !== 0))
    return [
      named(
        'duplicate-code',
        again ? '同一追溯码开了两次票' : '这一盒以前的结算单已经付过',
        again ? 'The same trace code is invoiced twice' : 'An earlier statement has paid this pack',
      ),
    ];
  if (!box)
    return [
      approval?.over
        ? named(
            'expired-approval',
            '审批已过期或收回，没有发药记录',
            'The approval had ended, and nothing was dispensed on it',
          )
        : named('not-dispensed', '这个审批没有发过这一盒', 'This pack was not dispensed on this approval'),
    ];
  if (box.returnedOn !== null) return [returned(box)];
  const differences: NamedDifference[] = [];
  if (invoice.quantity !== 1)
    differences.push(
      named(
        'quantity',
        `开票 ${invoice.quantity} 盒，一个追溯码只有 1 盒`,
        `${invoice.quantity} packs invoiced; a trace code is one pack`,
      ),
    );
  if (invoice.price > box.agreedPrice)
    differences.push(
      named(
        'price-above-agreed',
        `单价 ${yuan(invoice.price)}，高于协议价 ${yuan(box.agreedPrice)}`,
        `A pack at ${yuan(invoice.price)}, above the agreed ${yuan(box.agreedPrice)}`,
      ),
    );
  if (invoice.amount !== box.insurer)
    differences.push(
      named(
        'amount',
        `开票 ${yuan(invoice.amount)}，按结算应为 ${yuan(box.insurer)}`,
        `${yuan(invoice.amount)} invoiced, ${yuan(box.insurer)} by the settlement`,
      ),
    );
  if (box.signedOn === null)
    differences.push(named('unsigned', '还没有签收记录，签收后再结', 'Not signed for: it is paid once it is'));
  return differences;
}

const returned = (box: BoxFact): NamedDifference =>
  box.paidBefore > 0
    ? named(
        'returned',
        `药已退回，以前付的 ${yuan(box.paidBefore)} 要收回`,
        `The pack came back: the ${yuan(box.paidBefore)} paid before are taken back`,
      )
    : named('returned', '药已退回，不结算', 'The pack came back: nothing is paid');

const named = (code: DifferenceCode, zh: string, en: string): NamedDifference => ({ code, text: t(zh, en) });

/** What was done about a line, in order. `correct` and `withdraw` change what was invoiced. */
export type LineAct = 'dispute' | 'correct' | 'withdraw' | 'settle';
export type LineState = 'matched' | 'open' | 'disputed' | 'settled' | 'withdrawn';

/** Where a line stands: a difference is open until it is disputed, and over when it is corrected or settled by our figures. */
export function lineState(line: MatchedLine, last: LineAct | null): LineState {
  if (line.invoice?.withdrawn) return 'withdrawn';
  if (line.differences.length === 0) return 'matched';
  if (last === 'settle') return 'settled';
  return last === 'dispute' ? 'disputed' : 'open';
}

/** What the clerk, or the provider whose statement it is, may do with a line while the statement is in the making. */
export function lineActs(line: MatchedLine, state: LineState, who: 'clerk' | 'provider'): LineAct[] {
  const mend: LineAct[] = state === 'disputed' && line.invoice ? ['correct', 'withdraw'] : [];
  if (who === 'provider') return mend;
  if (state === 'open') return ['dispute', 'settle'];
  if (state === 'disputed') return [...mend, 'settle'];
  return state === 'settled' ? ['dispute'] : [];
}

export const isResolved = (state: LineState): boolean => state !== 'open' && state !== 'disputed';
