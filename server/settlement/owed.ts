/** What is open between a member and the pharmacies of her case; Yilu takes no payment and only records it. */
import { memberDue } from '#domain/money/ledger.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { readDispensing } from './ledger.ts';
import { listApprovalsOfCase, listDispensings } from './queries.ts';

export type Owed = {
  /** In 分, over all hand-overs: one that is owed does not make up for one to be given back. */
  byMember: number;
  toMember: number;
  /** Each hand-over that is not even; below zero: the pharmacy owes it to her. */
  open: readonly { dispensingId: string; due: number }[];
};

export async function owedInCase(db: Db, ctx: Ctx, caseId: string): Promise<Owed> {
  const open: { dispensingId: string; due: number }[] = [];
  for (const approval of await listApprovalsOfCase(db, ctx, caseId))
    for (const { id } of await listDispensings(db, ctx, approval.id)) {
      const due = memberDue(await readDispensing(db, ctx, approval.id, id));
      if (due !== 0) open.push({ dispensingId: id, due });
    }
  const sum = (sign: 1 | -1) => open.reduce((total, { due }) => total + Math.max(0, sign * due), 0);
  return { byMember: sum(1), toMember: sum(-1), open };
}
