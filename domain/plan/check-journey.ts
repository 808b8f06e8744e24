/** Whether the journey that a service names can be walked with what the plan says of it. */
import { findJourney, JOURNEYS } from '#domain/journeys/registry.ts';
import { type Finding, t } from './explain.ts';
import type { Service } from './schema.ts';

/** Where the kind has a released chart: the version must be one of them, the chart's guards read the switches, and papers it waits for are pursued. */
export function checkJourney(
  { journey, switches, papers, pursuit }: Service,
  at: readonly (string | number)[],
): Finding[] {
  const released = JOURNEYS.filter(({ kind }) => kind === journey.kind).map(({ version }) => version);
  if (released.length === 0) return [];
  const chart = findJourney(journey.kind, journey.version);
  const findings: Finding[] = [];
  if (!released.includes(journey.version)) {
    findings.push({
      path: [...at, 'journey', 'version'],
      message: t(
        `流程“${journey.kind}”没有第 ${journey.version} 版：已发布的是 ${released.join('、')}。`,
        `The journey "${journey.kind}" has no version ${journey.version}: released are ${released.join(', ')}.`,
      ),
    });
  }
  if (switches === undefined) {
    findings.push({
      path: [...at, 'journey'],
      message: t(
        `缺少“switches”：流程“${journey.kind}”据此判断审核、就医路径、陪诊、未到诊和变更。`,
        `"switches" is missing: the journey "${journey.kind}" asks them about review, care path, escort, absence and changes.`,
      ),
    });
  }
  for (const step of chart?.without ?? [])
    if (switches?.[step].is)
      findings.push({
        path: [...at, 'switches', step, 'is'],
        message: t(
          `流程“${journey.kind}”没有这一步：“${step}”须为 false。`,
          `The journey "${journey.kind}" has no such step: "${step}" must be false.`,
        ),
      });
  if (pursuit === undefined && papers.some(({ before }) => before !== undefined)) {
    findings.push({
      path: [...at, 'journey'],
      message: t(
        `缺少“pursuit”：“${journey.kind}”在某个节点前要交资料，而一直不交的会员何时提醒、致电和结束，只有它说明。`,
        `"pursuit" is missing: papers are asked before a milestone of "${journey.kind}", and only it says when a member who never hands them in is reminded, called and let go.`,
      ),
    });
  }
  return findings;
}
