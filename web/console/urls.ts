/** Every address inside the console, built in one place so that a renamed path is a type error and not a dead link. */

/** What the work list may be narrowed by; lives in the address so that a filter can be kept as a bookmark. */
export type WorkFilter = {
  desk?: string;
  q?: string;
  due?: string;
  step?: string;
  turn?: string;
  service?: string;
};
/** What the audit may be searched by, as the server takes it. */
export type AuditFilter = { person?: string; case?: string; actor?: string; day?: string; action?: string };

/** The part of the address before the console's own paths; an insurer's prefix stays in front of it. */
export function consoleBase(pathname: string): string {
  return /^(.*?\/console)(?:\/|$)/.exec(pathname)?.[1] ?? '/console';
}

function withQuery(path: string, query: Record<string, string | undefined>): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return entries.length === 0 ? path : `${path}?${new URLSearchParams(entries)}`;
}

/** The typed builder; paths are relative to the console's base. */
export const urls = {
  home: () => '/',
  work: (filter: WorkFilter = {}) => withQuery('/work', filter),
  case: (caseId: string, filter: WorkFilter = {}) => withQuery(`/work/${caseId}`, filter),
  find: () => '/find',
  person: (personId: string) => `/persons/${personId}`,
  request: (personId: string, policyId: string, service: string) =>
    withQuery(`/persons/${personId}/request`, { policyId, service }),
  consult: () => '/consult',
  videoBoard: () => '/video-board',
  phrases: () => '/phrases',
  hospital: () => '/hospital',
  settlement: () => '/settlement',
  statement: (id: string) => `/settlement/${id}`,
  list: (list: string) => `/lists/${list}`,
  approvals: () => '/approvals',
  complaints: () => '/complaints',
  complaint: (id: string) => `/complaints/${id}`,
  complaintCase: (id: string) => `/complaints/${id}/case`,
  callBacks: () => '/call-backs',
  clocks: () => '/clocks',
  breaches: () => '/breaches',
  promises: () => '/promises',
  quality: () => '/quality',
  plans: () => '/plans',
  plan: (plan: string, edition: string, tab?: string) => withQuery(`/plans/${plan}/${edition}`, { tab }),
  accounts: () => '/accounts',
  audit: (filter: AuditFilter = {}) => withQuery('/audit', filter),
  sandboxMessages: () => '/sandbox/messages',
};
