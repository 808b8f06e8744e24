/** Which papers a case needs and which are still missing: the checklist that member and reviewer share. */
import type { Proof } from '../eligibility/question.ts';
import type { Service, Text } from '../plan/schema.ts';

/** What about this case decides which rows of the plan apply. */
export type PaperCircumstances = {
  /** Somebody acts as the person's guardian. */
  guardian: boolean;
  /** Kinds of the proofs that the applicant handed in with the request. */
  proofs?: readonly string[];
  /** Somebody acts as the applicant's authorised agent. */
  agent: boolean;
  /** The visit is over: papers of the visit itself are due. */
  afterVisit: boolean;
  /** Milestones the case has passed, in order. */
  passed?: readonly string[];
  /** Kinds that the illness's row of the plan asks for as evidence. */
  evidence?: readonly string[];
  /** Kinds that the reviewer's list asked for on top. */
  asked?: readonly string[];
  /** Papers wanted before one of these milestones are gathered later in the case: not missing yet, unless asked for. */
  later?: readonly string[];
  /** When the round began that is in hand, in a case of several; papers of each round count from then. */
  roundBegan?: Date | null;
  /** Kinds that the case manager's one list names, and the milestone they are gathered for. */
  gathered?: { kinds: readonly string[]; before: string };
};

export type CasePaperFact = {
  kind: string;
  verdict: 'received' | 'accepted' | 'rejected' | 'replaced';
  attachedAt?: Date;
};

export type PaperNeed = {
  kind: string;
  required: boolean;
  /** Required, and no paper of the kind is there that is not rejected or replaced. */
  missing: boolean;
  /** Required, and none has been accepted yet. */
  unverified: boolean;
  why: Text;
  clause: string;
  /** The milestone it must be there before. */
  before: string | null;
};

/** Why a guardian acts: one of these was proven with the request, and a child's guardian has no other to show. */
const WHY_GUARDIAN: readonly string[] = ['minority', 'incapacity'] satisfies Proof[];
const EVIDENCE_WHY: Text = { zh: '计划要求以此证明所选疾病', en: 'The plan asks for it as evidence of the illness' };
const ASKED_WHY: Text = { zh: '审核员要求补充', en: 'The reviewer asked for it' };
const GATHERED_WHY: Text = { zh: '在病案经理告知的清单上', en: "On the case manager's list of what is missing" };

/** The checklist of a case: the plan's rows in the plan's order, then evidence of the illness, then what was asked for. */
export function paperNeeds(
  service: Service,
  papers: readonly CasePaperFact[],
  circumstances: PaperCircumstances,
): PaperNeed[] {
  const needs = service.papers.map((rule) =>
    judge(
      { ...rule, before: rule.before ?? null, required: applies(rule, circumstances) },
      rule.eachRound ? ofRound(papers, circumstances.roundBegan) : papers,
    ),
  );
  const add = (kinds: readonly string[], why: Text, clause: string, wanted: string | null = null) => {
    for (const kind of kinds) {
      const known = needs.findIndex((need) => need.kind === kind);
      if (known >= 0 && needs[known]!.required) continue;
      const before = needs[known]?.before ?? wanted;
      const need = judge({ kind, required: true, why, clause, before }, papers);
      if (known >= 0) needs[known] = need;
      else needs.push(need);
    }
  };
  add(circumstances.evidence ?? [], EVIDENCE_WHY, service.illness?.kind.clause ?? service.clause);
  add(circumstances.asked ?? [], ASKED_WHY, service.clause);
  const { gathered } = circumstances;
  if (gathered) add(gathered.kinds, GATHERED_WHY, service.clause, gathered.before);
  return needs;
}

/** The kinds still missing, for the clocks that stand and for the guards; each once, in the checklist's order. */
export function missingPapers(
  service: Service,
  papers: readonly CasePaperFact[],
  circumstances: PaperCircumstances,
): string[] {
  return [
    ...new Set(
      paperNeeds(service, papers, circumstances)
        .filter(
          ({ missing, before, kind }) =>
            missing &&
            !(before !== null && circumstances.later?.includes(before) && !circumstances.asked?.includes(kind)),
        )
        .map((need) => need.kind),
    ),
  ];
}

const ofRound = (papers: readonly CasePaperFact[], began: Date | null | undefined) =>
  papers.filter(({ attachedAt }) => !began || (attachedAt !== undefined && attachedAt >= began));

function applies(
  { kind, required, from, until, firstRoundOnly }: Service['papers'][number],
  circumstances: PaperCircumstances,
): boolean {
  if (firstRoundOnly && circumstances.roundBegan) return false;
  if (from !== undefined) {
    // The later of the two holds: asked again, it is needed again.
    const { passed = [] } = circumstances;
    if (passed.lastIndexOf(from) <= (until === undefined ? -1 : passed.lastIndexOf(until))) return false;
  }
  switch (required) {
    case 'always':
      return true;
    case 'guardian':
      return circumstances.guardian && (!WHY_GUARDIAN.includes(kind) || (circumstances.proofs ?? []).includes(kind));
    case 'agent':
      return circumstances.agent;
    case 'after-visit':
      return circumstances.afterVisit;
    case 'no':
      return false;
  }
}

function judge(rule: Omit<PaperNeed, 'missing' | 'unverified'>, papers: readonly CasePaperFact[]): PaperNeed {
  const { kind, required, why, clause, before } = rule;
  const verdicts = papers.filter((paper) => paper.kind === kind).map((paper) => paper.verdict);
  const there = verdicts.some((verdict) => verdict === 'received' || verdict === 'accepted');
  return {
    kind,
    required,
    missing: required && !there,
    unverified: required && !verdicts.includes('accepted'),
    why,
    clause,
    before,
  };
}
