import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { get } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import { hearNow } from '../../shared/now.ts';
import type {
  AccountView,
  ApprovalView,
  AuditEntry,
  BenefitCard,
  BreachView,
  CallBackDesk,
  CaseView,
  ComplaintFile,
  ComplaintRowView,
  ComplaintSummary,
  CourseView,
  DecisionView,
  FilledPhrase,
  HospitalDay,
  HospitalPackageView,
  ListOf,
  ListRow,
  PaperView,
  PersonFile,
  PhraseUse,
  PhraseView,
  PlanView,
  PublicInfo,
  RequestForm,
  RunningClock,
  SandboxAccount,
  SandboxMessage,
  SessionView,
  SettlementFlag,
  SlotView,
  StatementSummary,
  StatementView,
  WorkItem,
  WorkList,
} from '../../shared/types.ts';
import type { AuditFilter, WorkFilter } from '../urls.ts';

/** Clocks run while nobody touches anything; their words are asked for again at this pace (milliseconds). */
const CLOCK_PACE = 60_000;

/** Who is signed in; an error with status 401 means nobody. */
export const useSession = () =>
  useQuery({
    queryKey: keys.session,
    queryFn: async () => {
      const session = await get<SessionView>('/api/session');
      hearNow(session.now);
      return session;
    },
    staleTime: 60_000,
  });

export const usePublic = () =>
  useQuery({ queryKey: keys.public, queryFn: () => get<PublicInfo>('/api/public'), staleTime: Infinity });

/** The caller's list for one desk, most urgent first as the server orders it, page after page. */
export const useWorkList = ({ desk, q, due, step, turn, service }: WorkFilter) =>
  useInfiniteQuery({
    queryKey: [...keys.worklist, { desk, q, due, step, turn, service }],
    queryFn: ({ pageParam, signal }) =>
      get<WorkList>('/api/worklist', { desk, q, due, step, turn, service, limit: 100, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    // The counts are those of the first page; a case that moved between two reads stands once.
    select: ({ pages: [first, ...rest] }) =>
      first && {
        ...first,
        pages: rest.length + 1,
        items: onceEach([first, ...rest].flatMap((page) => page.items)),
      },
    refetchInterval: CLOCK_PACE,
    placeholderData: (previous) => previous,
  });

const onceEach = (items: readonly WorkItem[]): WorkItem[] => [
  ...new Map(items.map((item) => [item.id, item])).values(),
];

/** The desks with their counts, from the same answer as the first desk's list. */
export const useDesks = (enabled: boolean) => {
  const list = useInfiniteQuery({
    queryKey: [...keys.worklist, {}],
    queryFn: ({ pageParam, signal }) => get<WorkList>('/api/worklist', { limit: 100, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: CLOCK_PACE,
    enabled,
  });
  return list.data?.pages[0]?.desks;
};

export const useCase = (id: string) =>
  useQuery({
    queryKey: keys.case(id),
    queryFn: ({ signal }) => get<CaseView>(`/api/cases/${id}`, {}, signal),
    refetchInterval: CLOCK_PACE,
  });

/** A list of the server read whole enough for one screen (at most 100 rows), with the rest on request. */
const usePaged = <T>(
  queryKey: readonly unknown[],
  path: string,
  query: Record<string, string | undefined> = {},
  enabled = true,
) =>
  useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => get<ListOf<T>>(path, { ...query, limit: 100, cursor: pageParam }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next ?? undefined,
    select: ({ pages }) => pages.flatMap((page) => page.items),
    enabled,
  });

export const useClocks = () => usePaged<RunningClock>(keys.clocks, '/api/clocks');
export const useBreaches = () => usePaged<BreachView>(keys.breaches, '/api/breaches');
export const useApprovals = () => usePaged<ApprovalView>(keys.approvals, '/api/approvals');
export const useComplaints = () => usePaged<ComplaintRowView>(keys.complaintDesk, '/api/complaint-desk');
export const useComplaint = (id: string) =>
  useQuery({
    queryKey: keys.complaintFile(id),
    queryFn: ({ signal }) => get<ComplaintFile>(`/api/complaint-desk/${id}`, {}, signal),
    refetchInterval: CLOCK_PACE,
  });
export const useDecision = (id: string) =>
  useQuery({ queryKey: keys.decision(id), queryFn: () => get<DecisionView>(`/api/decisions/${id}`) });
export const useCallBacks = () =>
  useQuery({
    queryKey: keys.callBacks,
    queryFn: ({ signal }) => get<CallBackDesk>('/api/call-back-desk', {}, signal),
    refetchInterval: CLOCK_PACE,
  });
export const useCallersComplaints = (personId: string) =>
  useQuery({
    queryKey: [...keys.complaints, { personId }],
    queryFn: () => get<{ items: ComplaintSummary[] }>('/api/complaints', { personId }).then(({ items }) => items),
  });
export const useAccounts = () => usePaged<AccountView>(['accounts'], '/api/accounts');
export const useAudit = (filter: AuditFilter) => usePaged<AuditEntry>(['audit', filter], '/api/audit', filter);
export const useSandboxMessages = () => usePaged<SandboxMessage>(keys.sandboxMessages, '/api/sandbox/messages');

export const useSandboxAccounts = (enabled: boolean) =>
  useQuery({
    queryKey: keys.sandboxAccounts,
    queryFn: () => get<{ items: SandboxAccount[] }>('/api/sandbox/accounts').then(({ items }) => items),
    enabled,
  });

export const useStatements = () =>
  useQuery({
    queryKey: keys.statements,
    queryFn: () => get<ListOf<StatementSummary>>('/api/settlement/statements').then(({ items }) => items),
  });
export const useStatement = (id: string) =>
  useQuery({
    queryKey: keys.statement(id),
    queryFn: () => get<StatementView>(`/api/settlement/statements/${id}`),
  });
export const useSettlementFlags = () =>
  useQuery({
    queryKey: keys.settlementFlags,
    queryFn: () => get<ListOf<SettlementFlag>>('/api/settlement/flags').then(({ items }) => items),
  });
export const useProviders = () =>
  useQuery({
    queryKey: keys.list('providers', {}),
    queryFn: () => get<ListOf<ListRow>>('/api/lists/providers', { limit: 100 }).then(({ items }) => items),
  });

export type PlanRow = { plan: string; edition: string; name: string };
export const usePlans = () =>
  useQuery({ queryKey: ['plans'], queryFn: () => get<{ items: PlanRow[] }>('/api/plans').then(({ items }) => items) });
export const usePlan = (plan: string, edition: string) =>
  useQuery({ queryKey: ['plans', plan, edition], queryFn: () => get<PlanView>(`/api/plans/${plan}/${edition}`) });

export type PromiseWeek = { week: string; kept: number; breached: number; running: number };
export const usePromises = () =>
  useQuery({
    queryKey: ['promises'],
    queryFn: () => get<{ items: PromiseWeek[] }>('/api/stats/promises').then(({ items }) => items),
  });

export type StaffRow = { id: string; name: string; open: number };
export const useStaff = (role: string, enabled = true) =>
  useQuery({
    queryKey: ['staff', role],
    queryFn: () => get<{ items: StaffRow[] }>('/api/staff', { role }).then(({ items }) => items),
    enabled,
  });

/** All phrases of the team, with those out of use. */
export const usePhrases = () =>
  useQuery({
    queryKey: keys.phrases,
    queryFn: () => get<{ items: PhraseView[] }>('/api/phrases').then(({ items }) => items),
  });
/** What may be put into a form of this case, filled in by the server. */
export const useFilledPhrases = (caseId: string, use: PhraseUse, enabled: boolean) =>
  useQuery({
    queryKey: [...keys.phrases, caseId, use],
    queryFn: () => get<{ items: FilledPhrase[] }>(`/api/cases/${caseId}/phrases`, { use }).then(({ items }) => items),
    enabled,
  });

export const usePersonFile = (personId: string) =>
  useQuery({
    queryKey: ['person', personId],
    queryFn: () => get<PersonFile>(`/api/desk/persons/${personId}`),
    // Opening a file is recorded; it is not read again behind somebody's back.
    staleTime: Infinity,
  });
export const useBenefits = (personId: string) =>
  useQuery({
    queryKey: [...keys.benefits, personId],
    queryFn: () => get<{ items: BenefitCard[] }>('/api/benefits', { personId }).then(({ items }) => items),
  });
export const useRequestForm = (service: string, policyId: string, personId: string) =>
  useQuery({
    queryKey: keys.form(service, policyId, personId),
    queryFn: () => get<RequestForm>(`/api/services/${service}/form`, { policyId, personId }),
    staleTime: Infinity,
  });
export const usePersonPapers = (personId: string) =>
  useQuery({
    queryKey: keys.papers(personId),
    queryFn: () => get<ListOf<PaperView>>('/api/papers', { personId }).then(({ items }) => items),
  });

/** The course of a case that has one. */
export const useCourse = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: keys.course(id),
    queryFn: ({ signal }) => get<CourseView>(`/api/cases/${id}/course`, undefined, signal),
    enabled,
  });

/** What can still be had for a case at its hospital. */
export const useSlots = (caseId: string) =>
  useQuery({
    queryKey: keys.slots(caseId),
    queryFn: ({ signal }) =>
      get<ListOf<SlotView>>('/api/hospital/slots', { caseId }, signal).then(({ items }) => items),
  });

/** The hospital's day, as its own desk sees it. */
export const useHospitalPackages = () =>
  useQuery({
    queryKey: keys.hospitalPackages,
    queryFn: ({ signal }) => get<{ items: HospitalPackageView[] }>('/api/hospital/packages', undefined, signal),
  });

export const useHospitalDay = (day: string) =>
  useQuery({
    queryKey: keys.hospitalDay(day),
    queryFn: ({ signal }) => get<HospitalDay>('/api/hospital/day', { on: day }, signal),
    refetchInterval: CLOCK_PACE,
    placeholderData: (previous) => previous,
  });
