/** Whether the journey that a service names can be walked with what the plan says of it. */
import { JOURNEYS } from '#domain/journeys/registry.ts';
import type { Finding } from './explain.ts';
import type { Service } from './schema.ts';

/** Where the kind has a released chart: the version must be one of them, the chart's guards read the switches, and papers it waits for are pursued. */
export function checkJourney(
  { journey, switches, papers, pursuit }: Service,
  at: readonly (string | number)[],
): Finding[] {
  const released = JOURNEYS.filter(({ kind }) => kind === journey.kind).map(({ version }) => version);
  if (released.length === 0) return [];
  const findings: Finding[] = [];
  if (!released.includes(journey.version)) {
    findings.push({
      path: [...at, 'journey', 'version'],
      message: `The journey "${journey.kind}" has no version ${journey.version}: released are ${released.join(', ')}.`,
    });
  }
  if (switches === undefined) {
    findings.push({
      path: [...at, 'journey'],
      message: `"switches" is missing: the journey "${journey.kind}" asks them about review, care path, escort, absence and changes.`,
    });
  }
  if (pursuit === undefined && papers.some(({ before }) => before !== undefined)) {
    findings.push({
      path: [...at, 'journey'],
      message: `"pursuit" is missing: papers are asked before a milestone of "${journey.kind}", and only it says when a member who never hands them in is reminded, called and let go.`,
    });
  }
  return findings;
}
