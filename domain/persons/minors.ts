/** Who is a minor, and which staff open a minor's file only when the person in charge agreed (未成年人网络保护条例 36). */
import type { Day } from '#domain/calendar/day.ts';
import { adultFrom } from '#domain/eligibility/matter.ts';

/** How long an approval or an assignment opens the file, in days of 24 hours: as long as an ordinary case takes. */
export const GRANT_DAYS = 30;

/** Under 18 on the day. */
export const isMinor = (bornOn: Day, day: Day): boolean => day < adultFrom(bornOn);

const GUARDED: readonly string[] = [
  'service-desk',
  'reviewer',
  'drug-reviewer',
  'case-manager',
  'complaint-handler',
  'operations',
];

/**
 * Whether this role needs the approval. A supervisor is the person in charge herself; who serves the case from outside is
 * bound by the guardian's consent; members act for themselves and their own; other staff see nobody's file.
 */
export const needsGrant = (role: string): boolean => GUARDED.includes(role);

/** When a grant given now ends. */
export const grantEnds = (now: Date): Date => new Date(now.getTime() + GRANT_DAYS * 86_400_000);
