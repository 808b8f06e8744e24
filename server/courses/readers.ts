/** Who reads a course, and whether there is one to read yet. */
import type { Role } from '#contract/common.ts';
import { dayPassed, scheduleOf } from '#domain/courses/schedule.ts';
import type { CaseRole } from '#domain/journeys/journey.ts';
import type { OpenCase } from '#server/cases/move-case.ts';

export const READERS: Role[] = ['member', 'service-desk', 'car-t-specialist', 'supervisor'];

/** From the first thing that its schedule or its diary asks for. */
export function hasCourse({ running: { service, so } }: OpenCase, role: CaseRole): boolean {
  const { course } = service;
  const reads = role === 'applicant' || (READERS as readonly string[]).includes(role);
  return (
    course !== undefined &&
    reads &&
    (dayPassed(so.history, course.from) !== undefined || scheduleOf(course, so.history).length > 0)
  );
}
