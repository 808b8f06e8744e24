import { m } from './paraglide/messages.js';

const WORDS: Record<string, () => string> = { severe: m.severity_severe, mild: m.severity_mild };

/**
 * How severe an illness is, in words; empty where its name says so already, since twice would read as two things. A plan
 * may have other degrees, shown as they are.
 */
export function severityOf({ name, severity }: { name: string; severity: string | null }): string {
  const word = severity ? (WORDS[severity]?.() ?? severity) : '';
  return name.includes(word) ? '' : word;
}
