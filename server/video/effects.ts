/** What single events of a video consultation write beside the generic rules. */
import { tell } from '#server/cases/apply-changes.ts';
import type { Effect } from '#server/cases/effects.ts';
import { dispatchAfter } from './dispatch.ts';
import { DELAYED, recordOpening } from './opening-rows.ts';
import { countCallOf, setCallBack } from './queries.ts';

export const videoEffects: Readonly<Record<string, Effect>> = {
  acknowledgeOpening: async (db, ctx, { row }, { now }) => {
    await recordOpening(db, ctx, row, now);
  },
  delayOpening: async (db, ctx, open, { now, eventId }) => {
    open.row.attention = [...new Set([...open.row.attention, DELAYED])];
    await tell(db, ctx, open.row, 'member', 'video-opening-late', false, `${eventId}/delay`, now);
  },
  wantCallBack: async (db, ctx, { row }) => {
    await setCallBack(db, ctx, row.id);
    dispatchAfter(db, ctx);
  },
  acceptCall: async (db, ctx, { row }) => {
    if (row.doctor !== null) await countCallOf(db, ctx, row.doctor);
  },
};
