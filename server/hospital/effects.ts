/** What the events of a claim write beside the generic rules. */
import type { Effect } from '#server/cases/effects.ts';

export const claimEffects: Readonly<Record<string, Effect>> = {
  askClaimPapers: async (_db, _ctx, { memory }, { payload }) => {
    memory.askedKinds = [...new Set([...memory.askedKinds, ...(payload.kinds as string[])])];
    memory.words.asked = String(payload.note);
  },
  // What the claims system wants it says in words; which papers those are the member sees from them.
  recordAnswer: async (_db, _ctx, { memory }, { payload }) => {
    memory.words.asked = payload.outcome === 'more' ? String(payload.reason) : null;
  },
};
