import { useQuery } from '@tanstack/react-query';
import { get, post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type {
  BenefitCard,
  CaseSummary,
  CaseView,
  ComplaintSummary,
  ComplaintView,
  ConsentView,
  CourseView,
  DecisionView,
  DisclosureView,
  EmergencyWords,
  FamilyView,
  InboxMessage,
  InformedConsentView,
  ListOf,
  ListRow,
  MyCallBacks,
  PaperView,
  PublicInfo,
  RequestForm,
  SearchResult,
  ServiceExplained,
  SlotView,
  VideoStanding,
} from '../../shared/types.ts';

/** Every read of the member's pages, in one place. Lists ask for the most that the server gives at once. */
const LIMIT = 100;
/** How often the place in the queue is asked for (milliseconds). */
const WAITING_PACE = 5000;

export const useBenefits = () =>
  useQuery({
    queryKey: keys.benefits,
    queryFn: ({ signal }) => get<{ items: BenefitCard[] }>('/api/benefits', undefined, signal),
  });

/** What the plan says of a service, and what can be done where it cannot be used. */
export const useExplained = ({
  service,
  policyId,
  personId,
}: {
  service: string;
  policyId: string;
  personId: string;
}) =>
  useQuery({
    queryKey: keys.explained(service, policyId, personId),
    queryFn: ({ signal }) => get<ServiceExplained>(`/api/services/${service}`, { policyId, personId }, signal),
  });

export const useCases = () =>
  useQuery({
    queryKey: keys.cases,
    queryFn: ({ signal }) => get<ListOf<CaseSummary>>('/api/cases', { limit: LIMIT }, signal),
  });

/** One case; its clocks are counted by the server, so it is read anew each minute, and while somebody waits for a doctor all the time. */
export const useCase = (id: string, enabled = true) =>
  useQuery({
    queryKey: keys.case(id),
    queryFn: ({ signal }) => get<CaseView>(`/api/cases/${id}`, undefined, signal),
    refetchInterval: ({ state }) => (state.data?.video?.place ? WAITING_PACE : 60_000),
    enabled,
  });

/** Where a person stands with video consultation: to be opened, to be used, or why not. */
export const useVideoStanding = (place: { service: string; policyId: string; personId: string }) =>
  useQuery({
    queryKey: [...keys.videoStanding, place],
    queryFn: ({ signal }) => get<VideoStanding>('/api/video/standing', place, signal),
  });

/** The words of the plan that lead to 120; they change with an edition only. */
export const useEmergencyWords = (service: string, policyId: string) =>
  useQuery({
    queryKey: [...keys.videoEmergency, service, policyId],
    queryFn: ({ signal }) => get<EmergencyWords>('/api/video/emergency', { service, policyId }, signal),
    staleTime: 3_600_000,
  });

/** The informed consent of a case that has come to it. */
export const useInformedConsent = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: keys.informedConsent(id),
    queryFn: ({ signal }) => get<InformedConsentView>(`/api/cases/${id}/informed-consent`, undefined, signal),
    enabled,
  });

/** `about`: the hospital chosen so far, or the running case; they decide which provider the consent names. */
export const useRequestForm = (
  service: string,
  policyId: string,
  personId: string,
  about: { hospitalId?: string; caseId?: string } = {},
  enabled = true,
) =>
  useQuery({
    queryKey: [...keys.form(service, policyId, personId), about.hospitalId ?? about.caseId ?? ''],
    queryFn: ({ signal }) =>
      get<RequestForm>(`/api/services/${service}/form`, { policyId, personId, ...about }, signal),
    placeholderData: (before) => before,
    enabled,
  });

export const useDecision = (id: string) =>
  useQuery({
    queryKey: keys.decision(id),
    queryFn: ({ signal }) => get<DecisionView>(`/api/decisions/${id}`, undefined, signal),
  });

export const usePapers = (personId: string) =>
  useQuery({
    queryKey: keys.papers(personId),
    queryFn: ({ signal }) => get<ListOf<PaperView>>('/api/papers', { personId, limit: LIMIT }, signal),
    enabled: personId !== '',
  });

/** What was typed finds what the reader may see. It is health data: asked in a body, and forgotten with the page. */
export const useSearch = (q: string, only: SearchResult['groups'][number]['group'] | null) =>
  useQuery({
    queryKey: keys.search(q, only),
    queryFn: () => post<SearchResult>('/api/search', { q, ...(only ? { only } : {}) }),
    placeholderData: (before) => before,
    gcTime: 0,
  });

/** The rows of a list as of today that fit what was typed; the answer before stays in view while the next is read. */
export const useListRows = (list: string, q: string) =>
  useQuery({
    queryKey: keys.list(list, { q }),
    queryFn: ({ signal }) => get<ListOf<ListRow>>(`/api/lists/${list}`, { q, limit: 20 }, signal),
    placeholderData: (before) => before,
  });

export const useConsents = () =>
  useQuery({
    queryKey: keys.consents,
    queryFn: ({ signal }) => get<ListOf<ConsentView>>('/api/consents', { limit: LIMIT }, signal),
  });

export const useDisclosures = () =>
  useQuery({
    queryKey: keys.disclosures,
    queryFn: ({ signal }) => get<ListOf<DisclosureView>>('/api/disclosures', { limit: LIMIT }, signal),
  });

/** Whom the reader acts for, and who acts for her. */
export const useFamily = () =>
  useQuery({ queryKey: keys.family, queryFn: ({ signal }) => get<FamilyView>('/api/family', undefined, signal) });

export const useInbox = () =>
  useQuery({
    queryKey: keys.inbox,
    queryFn: ({ signal }) => get<ListOf<InboxMessage>>('/api/messages', { limit: LIMIT }, signal),
  });

export const usePublic = () =>
  useQuery({ queryKey: keys.public, queryFn: ({ signal }) => get<PublicInfo>('/api/public', undefined, signal) });

/** The course of a case that has one. */
export const useCourse = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: keys.course(id),
    queryFn: ({ signal }) => get<CourseView>(`/api/cases/${id}/course`, undefined, signal),
    enabled,
  });

/** What can still be chosen for a case; others choose meanwhile, so it is read anew while it is looked at. */
export const useSlots = (caseId: string) =>
  useQuery({
    queryKey: keys.slots(caseId),
    queryFn: ({ signal }) => get<ListOf<SlotView>>('/api/hospital/slots', { caseId }, signal),
    refetchInterval: 20_000,
  });

export const useComplaints = () =>
  useQuery({
    queryKey: keys.complaints,
    queryFn: ({ signal }) => get<{ items: ComplaintSummary[] }>('/api/complaints', undefined, signal),
  });
export const useComplaint = (id: string) =>
  useQuery({
    queryKey: keys.complaint(id),
    queryFn: ({ signal }) => get<ComplaintView>(`/api/complaints/${id}`, undefined, signal),
  });
export const useCallBacks = () =>
  useQuery({
    queryKey: keys.callBacks,
    queryFn: ({ signal }) => get<MyCallBacks>('/api/call-backs', undefined, signal),
  });
