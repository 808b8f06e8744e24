/** What makes the uses of a service, and the switches that cost one, contradict each other. */
import { KINDS } from '#domain/journeys/kinds.ts';
import { type Finding, t } from './explain.ts';
import type { Service } from './schema.ts';
import { CLOSING_MILESTONES, milestonesLeftOut } from './vocabulary.ts';

type Path = readonly (string | number)[];

/** The milestones that the service never passes, by its switches and its pursuit. */
export function leftOut(service: Service): ReadonlySet<string> {
  const { switches } = service;
  return new Set([
    ...(switches === undefined
      ? []
      : milestonesLeftOut({
          carePath: switches.carePath.is,
          escort: switches.escort.is,
          absence: switches.absence.is,
        })),
    ...(service.pursuit === undefined ? ['not-pursued'] : []),
  ]);
}

/** Uses that are held and never end, or wait for what cannot come. */
export function checkUse(service: Service, at: Path): Finding[] {
  const { use } = service;
  const path = [...at, 'use'];
  const findings: Finding[] = [];
  for (const list of ['hold', 'arm', 'disarm', 'spend', 'release'] as const) {
    for (const [index, rule] of use[list].entries()) {
      if (rule.when === 'offered-by-due') {
        findings.push({
          path: [...path, list, index, 'when'],
          message: t(
            '“offered-by-due”说的是计时的到期，使用次数没有到期：请用 armed 或 not-armed。',
            '"offered-by-due" speaks of a clock\'s due moment; a use has none. Use armed or not-armed.',
          ),
        });
      } else if (rule.when === 'armed' && use.arm.length === 0) {
        findings.push({
          path: [...path, list, index, 'when'],
          message: t(
            '这里等的是待计的使用次数，但 use.arm 是空的：请写明哪个节点使它待计。',
            'This waits for an armed use, but use.arm is empty: name the milestone that arms it.',
          ),
        });
      }
    }
  }
  if (use.limit.is !== null && use.hold.length === 0) {
    findings.push({
      path,
      message: t(
        `这项服务限 ${use.limit.is} 次，却从不占用次数：请补上 hold。`,
        `The service has a limit of ${use.limit.is}, but no use is ever held: add hold.`,
      ),
    });
  }
  if (use.hold.length === 0) return findings;
  if (use.spend.length === 0)
    findings.push({
      path: [...path, 'hold'],
      message: t(
        '次数占用后从不计为使用：补上 spend，或去掉 hold。',
        'A use is held but never spent: add spend, or drop the hold.',
      ),
    });
  const kind = KINDS[service.journey.kind] ?? [];
  const ended = new Set([...use.release, ...use.spend].map((rule) => rule.on));
  const kept = CLOSING_MILESTONES.filter(
    (milestone) => kind.includes(milestone) && !leftOut(service).has(milestone) && !ended.has(milestone),
  );
  if (kept.length > 0) {
    findings.push({
      path: [...path, use.release.length === 0 ? 'hold' : 'release'],
      message: t(
        `经过 ${kept.join('、')} 时，占用的次数既不计使用也不退回，会一直占着：请加进 release。`,
        `A use held is neither spent nor released by ${kept.join(', ')}, and would stay held for ever: add them to release.`,
      ),
    });
  }
  return findings;
}

/** What a change or an absence costs, said the same way in both places. */
export function checkSwitches(service: Service, at: Path): Finding[] {
  const { switches, use } = service;
  if (switches === undefined) return [];
  const path = [...at, 'switches'];
  const spends = (cause: string) => use.spend.some((rule) => rule.cause === cause);
  const findings: Finding[] = [];
  const change = switches.changeAfterBooking.is;
  if (change === 'free' && spends('used-by-change')) {
    findings.push({
      path: [...path, 'changeAfterBooking', 'is'],
      message: t(
        '这里变更不计使用，use.spend 却有 used-by-change：两者留一个。',
        'A change costs nothing here, yet use.spend has used-by-change: keep one of the two.',
      ),
    });
  }
  if (change !== 'free' && use.hold.length > 0 && !spends('used-by-change')) {
    findings.push({
      path: [...path, 'changeAfterBooking', 'is'],
      message: t(
        `“${change}”表示变更计为使用，use.spend 却没有 used-by-change。`,
        `"${change}" says that a change costs the use, yet use.spend has no used-by-change.`,
      ),
    });
  }
  if (switches.absence.is !== 'release' && use.hold.length > 0 && !spends('used-by-absence')) {
    findings.push({
      path: [...path, 'absence', 'is'],
      message: t(
        `“${switches.absence.is}”可能计为使用，use.spend 却没有 used-by-absence。`,
        `"${switches.absence.is}" can cost the use, yet use.spend has no used-by-absence.`,
      ),
    });
  }
  if (switches.absence.is === 'release' && spends('used-by-absence')) {
    findings.push({
      path: [...path, 'absence', 'is'],
      message: t(
        '这里未到诊不计使用，use.spend 却有 used-by-absence：两者留一个。',
        'An absence costs nothing here, yet use.spend has used-by-absence: keep one of the two.',
      ),
    });
  }
  return findings;
}
