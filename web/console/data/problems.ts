import { ApiProblem, Unreachable } from '../../shared/api.ts';
import { m } from '../messages.ts';

/** Whether the server understood and said no; asking again would change nothing. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ApiProblem && [401, 403, 404].includes(error.status);
}

/** Whether the case moved on while somebody was writing. */
export function isStale(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 409 && error.code === 'stale';
}

/** What went wrong, in a sentence that says what to do; never a code alone. */
export function problemText(error: unknown): string {
  if (error instanceof Unreachable) return m.console_unreachable();
  if (error instanceof ApiProblem) {
    const { detail, title, problems } = error.document;
    if (problems?.length) return problems.map((problem) => problem.message).join(m.console_and());
    if (detail || title) return detail ?? title;
    if (error.status === 404) return m.console_not_found();
    if (error.status === 403) return m.console_forbidden();
    return m.console_failed_status({ status: String(error.status) });
  }
  return m.console_failed_hint();
}
