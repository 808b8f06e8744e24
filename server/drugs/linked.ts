/** A changed drug is a case of its own, linked to the one before; nothing of that one is cancelled by it. */
import type { CaseView } from '#contract/cases.ts';
import { dayInWords } from '#domain/eligibility/words.ts';
import { isOutside, stateMeta } from '#domain/journeys/journey.ts';
import type { Context } from '#domain/journeys/special-drug/context-v1.ts';
import { printMoment } from '#domain/messages/moments.ts';
import type { Text } from '#domain/plan/schema.ts';
import type { OpenCase } from '#server/cases/move-case.ts';
import { listOwnCases } from '#server/cases/own-cases.ts';
import type { Viewer } from '#server/cases/viewer.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';

type Linked = CaseView['linked'][number];
const LABELS: Readonly<Record<Linked['relation'], Text>> = {
  earlier: { zh: '换药前的服务单', en: 'The case before this change of drug' },
  later: { zh: '换药后的服务单', en: 'The case after this change of drug' },
};
const chartOf = (open: OpenCase) => open.memory.chart as unknown as Context;
const earlierOf = ({ memory }: OpenCase): unknown => memory.request.form.earlier;

/** Both ways, the earlier one first; only cases that the reader may open. */
export async function linkedCases(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  open: OpenCase,
  viewer: Viewer,
  now: Date,
): Promise<Linked[]> {
  const { row } = open;
  if (row.kind !== 'special-drug') return [];
  const { lang } = viewer;
  const outside = isOutside(viewer.role);
  return (await listOwnCases(db, ctx, actor, { personId: row.personId, kind: row.kind }, now))
    .flatMap(({ open: other }): Linked[] => {
      const relation = other.row.id === earlierOf(open) ? 'earlier' : earlierOf(other) === row.id ? 'later' : undefined;
      if (!relation) return [];
      const { label, desk } = stateMeta(other.journey, other.row.state);
      return [
        {
          relation,
          label: LABELS[relation][lang],
          id: other.row.id,
          number: other.row.number,
          // Which drug it is, is told by that case under its own consent.
          what: outside ? '' : (chartOf(other).drug?.name ?? ''),
          stateLabel: (outside || viewer.groups.has('internal') ? (desk ?? label) : label)[lang],
          stands: standing(relation === 'earlier' ? other : open)[lang],
        },
      ];
    })
    .sort((a, b) => a.relation.localeCompare(b.relation) || a.number.localeCompare(b.number));
}

/** What of the case before the change goes on until somebody gives it up there. */
function standing(open: OpenCase): Text {
  const { approvedUntil, arrangement, delivered } = chartOf(open);
  const { state, final } = open.row;
  if (final) return { zh: '', en: '' };
  const giveUp = delivered || approvedUntil;
  if (arrangement && ['ordered', 'at-pharmacy', 'policy-deciding'].includes(state)) {
    const at = new Date(arrangement.at);
    return {
      zh: `换药没有取消原来那一单：已约好的取药（${printMoment(at, 'zh')}）和预留的额度仍在。不再需要的，请在那一单里选“这次不买了”。`,
      en: `The change of drug cancelled nothing there: the pick-up booked for ${printMoment(at, 'en')} and what was reserved for it stand. Where it is no longer wanted, give that purchase up there.`,
    };
  }
  if (approvedUntil)
    return {
      zh: `换药没有取消原来那一单：审批有效至${dayInWords(approvedUntil, 'zh')}，额度为它预留。不再需要的，请在那一单里选“这次不买了”。`,
      en: `The change of drug cancelled nothing there: its approval and what is reserved for it stand until ${dayInWords(approvedUntil, 'en')}. Where it is no longer wanted, give that purchase up there.`,
    };
  if (state === 'between' || state === 'ended')
    return {
      zh: '原来那一单没有在办的购药。不再用那种药的，请在那一单里结束。',
      en: 'No purchase is under way there. Where that drug is used no more, end that case there.',
    };
  return giveUp
    ? {
        zh: '换药没有取消原来那一单：它在办的处方照常进行。不再需要的，请在那一单里选“这次不买了”。',
        en: 'The change of drug cancelled nothing there: its prescription goes on. Where it is no longer wanted, give that purchase up there.',
      }
    : {
        zh: '换药没有取消原来那一单：它照常进行。不再需要的，请在那一单里撤回。',
        en: 'The change of drug cancelled nothing there: it goes on. Where it is no longer wanted, withdraw it there.',
      };
}
