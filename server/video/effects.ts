/** What single events of a video consultation write beside the generic rules. */
import type { Effect } from '#server/cases/effects.ts';
import { dispatchAfter } from './dispatch.ts';
import { openingEffects } from './openings.ts';
import { countCallOf, setCallBack } from './queries.ts';

export const videoEffects: Readonly<Record<string, Effect>> = {
  ...openingEffects,
  wantCallBack: async (db, ctx, { row }) => {
    await setCallBack(db, ctx, row.id);
    dispatchAfter(db, ctx);
  },
  acceptCall: async (db, ctx, { row }) => {
    if (row.doctor !== null) await countCallOf(db, ctx, row.doctor);
  },
};
