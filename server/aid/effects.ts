/** What the events of charity aid write beside the generic rules: the ledger of boxes, and the timers of what comes next. */
import type { Context } from '#domain/journeys/drug-aid/context-v1.ts';
import { tell } from '#server/cases/apply-changes.ts';
import type { Effect } from '#server/cases/effects.ts';
import { BOXES_TO_CHECK } from './dispensed.ts';
import { keepMoves } from './ledger.ts';
import { setNextTimers } from './next.ts';

const CALL_FIRST = 'call-before-giving-up';

const keep: Effect = async (db, ctx, open, { actor, now }) => {
  const { programme, moves, windowOver } = open.memory.chart as unknown as Context;
  if (!windowOver) open.row.attention = open.row.attention.filter((mark) => mark !== CALL_FIRST);
  // A person's own entry shows that she has looked at them.
  if (actor.accountId !== null) open.row.attention = open.row.attention.filter((mark) => mark !== BOXES_TO_CHECK);
  const { id: caseId, personId } = open.row;
  if (programme) await keepMoves(db, ctx, { caseId, personId, programme, moves, by: actor, now });
  await setNextTimers(db, ctx, open, now);
};

export const aidEffects: Readonly<Record<string, Effect>> = {
  /** The papers that the programme asks for are asked of her from now on. */
  chooseProgramme: async (db, ctx, open, input) => {
    const { programme } = open.memory.chart as unknown as Context;
    open.memory.askedKinds = [...new Set([...open.memory.askedKinds, ...(programme?.papers ?? [])])];
    await keep(db, ctx, open, input);
  },
  recordBought: keep,
  boxesDispensed: keep,
  boxesReturned: keep,
  strikeBought: keep,
  recordVerdict: keep,
  recordCollected: keep,
  excuseTurn: keep,
  decideGivenUp: keep,
  giveUpTurn: keep,
  endAid: keep,
  windowPassed: async (db, ctx, open, input) => {
    await keep(db, ctx, open, input);
    if (!(open.memory.chart as unknown as Context).windowOver) return;
    // Not called often enough yet: nothing is given up before.
    open.row.attention = [...new Set([...open.row.attention, CALL_FIRST])];
    await tell(db, ctx, open.row, 'aid-assistant', 'case-waits', false, `${input.eventId}/window`, input.now);
  },
};
