/**
 * The words of a message, looked up by what its template leaves open. `params` of the message understood here: clock
 * (id), due, firstDue, visitAt, answerBy, until (moments, or days for until), closesOn (day), clause, decision (id),
 * complaint and said (ids of a complaint and its event), verdict, provider, service, matter (codes), manager and applicantAccount (accounts), person and applicant (persons), paper
 * (kind), papers (kinds, by commas), remaining (a number). What is not given comes from the case.
 */
import { isDay } from '#domain/calendar/day.ts';
import type { MessageWords, Word } from '#domain/messages/render.ts';
import type { Placeholder } from '#domain/messages/template.ts';
import type { Text } from '#domain/plan/schema.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { findAccountName, findPersonName, findServiceName, type Known, loadKnown } from './known.ts';
import type { OutboxRow } from './outbox-queries.ts';
import { findOffer } from './words-of-booking.ts';
import {
  findClosesOn,
  findNext,
  findPapers,
  findPolicyTurn,
  findPrinted,
  findReason,
  findRemaining,
  nameOfPaper,
} from './words-of-case.ts';
import { findComplaintNumber } from './words-of-complaint.ts';
import { findToldClock } from './words-of-time.ts';

type Found = Word | undefined | null;
type Finder = (known: Known) => Promise<Found> | Found;

/** What led to no case has no number. */
const YOUR_REQUEST: Text = { zh: '这次申请', en: 'your request' };
const moment = (text: string | undefined): Found =>
  text === undefined ? undefined : isDay(text) ? { day: text } : new Date(text);

const FINDERS: Readonly<Record<Placeholder, Finder>> = {
  insurer: ({ ctx }) => ctx.insurerName,
  hotline: ({ ctx, of }) =>
    of ? of.plan.hotline : ctx.plans.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0]?.hotline,
  person: (known) => findPersonName(known, known.params.person ?? known.of?.row.personId ?? known.message.personId),
  applicant: (known) => findApplicant(known),
  service: (known) => (known.params.service ? findServiceName(known, known.params.service) : known.of?.service.name),
  number: async (known) =>
    known.params.complaint
      ? await findComplaintNumber(known, known.params.complaint)
      : (known.of?.row.number ?? YOUR_REQUEST),
  printed: findPrinted,
  reason: findReason,
  next: findNext,
  due: async (known) => moment(known.params.due) ?? (await findToldClock(known))?.due,
  firstDue: async (known) => moment(known.params.firstDue) ?? (await findToldClock(known))?.firstDue,
  promise: async (known) => (await findToldClock(known))?.label,
  papers: findPapers,
  paper: (known) => nameOfPaper(known, known.params.paper ?? rejectedKind(known)),
  // Before somebody has taken the case, the desk that will.
  manager: async (known) =>
    (await findAccountName(known, known.params.manager ?? known.of?.row.assignee)) ?? A_CASE_MANAGER,
  provider: findProvider,
  hospital: async (known) => (await findOffer(known)).hospital,
  department: async (known) => (await findOffer(known)).department,
  expert: async (known) => (await findOffer(known)).expert,
  visitAt: async (known) => moment(known.params.visitAt ?? (await findOffer(known)).visitAt),
  answerBy: async (known) => moment(known.params.answerBy ?? (await findOffer(known)).answerBy),
  closesOn: async (known) => moment(known.params.closesOn) ?? (await findClosesOn(known)),
  escort: async (known) => (await findOffer(known)).escort,
  meetingPlace: async (known) => (await findOffer(known)).meetingPlace,
  cost: ({ of }) => of?.service.warnings.cancelling,
  remaining: findRemaining,
  matter: findMatter,
  until: async (known) => moment(known.params.until) ?? (await findPolicyTurn(known)),
};

/** Looks up the words that `needed` names, and only those. */
export async function loadWords(
  db: Db,
  ctx: Ctx,
  message: OutboxRow,
  needed: ReadonlySet<Placeholder>,
): Promise<MessageWords> {
  const known = await loadKnown(db, ctx, message);
  const words: Partial<Record<Placeholder, Word>> = {};
  for (const name of needed) {
    const word = await FINDERS[name](known);
    if (word !== undefined && word !== null) words[name] = word;
  }
  return words;
}

/** Who asked: the account that filed it; on the hotline the name the applicant gave. */
async function findApplicant(known: Known): Promise<Found> {
  const { params, of } = known;
  if (params.applicant) return await findPersonName(known, params.applicant);
  const given = of?.memory.request.applicant.name;
  return given || (await findAccountName(known, params.applicantAccount ?? of?.row.applicantAccount));
}

function findProvider(known: Known): Found {
  const { ctx, of, params } = known;
  const chart = of?.memory.chart as { provider?: string | null; laboratory?: string | null } | undefined;
  const code = params.provider ?? of?.row.provider ?? chart?.provider ?? chart?.laboratory;
  if (!code) return undefined;
  const plans = [...(of ? [of.plan] : []), ...ctx.plans];
  return plans.flatMap((plan) => plan.providers).find((provider) => provider.code === code)?.name ?? code;
}

const A_CASE_MANAGER: Text = { zh: '病案经理', en: 'a case manager' };
const EVERYTHING: Text = { zh: '全部服务', en: 'all services' };
function findMatter(known: Known): Found {
  const { matter } = known.params;
  if (matter === 'all') return EVERYTHING;
  return (matter && findServiceName(known, matter)) || known.of?.service.name;
}

/** The chart's look-up of the event's references is sealed beside its payload. */
function rejectedKind({ of }: Known): string | undefined {
  const refs = of?.event?.payload['#refs'] as Record<string, { kind?: string } | null> | undefined;
  return refs?.paper?.kind;
}
