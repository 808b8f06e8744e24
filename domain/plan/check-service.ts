/** What makes one service of a plan contradict itself: promises, uses, hours, switches, pursuit, consents, messages. */
import { KINDS } from '#domain/journeys/kinds.ts';
import { checkJourney } from './check-journey.ts';
import { type Finding, nameOf, twice } from './explain.ts';
import type { PromiseRule, Service, TargetRule } from './schema.ts';
import { CLOSING_MILESTONES, milestonesLeftOut, STRAIGHT_PATH } from './vocabulary.ts';

type Path = readonly (string | number)[];

/** Every contradiction inside one service of the right shape; `at` is its path in the file. */
export function checkService(service: Service, at: Path): Finding[] {
  return [
    ...checkJourney(service, at),
    ...checkClocks(service, at),
    ...checkOrderOfDues(service, at),
    ...checkUse(service, at),
    ...checkSwitches(service, at),
    ...checkHours(service, at),
    ...checkPursuit(service, at),
    ...checkPeopleAndPapers(service, at),
    ...checkDuplicates(service, at),
  ];
}

function clocksOf(service: Service, at: Path): { rule: PromiseRule | TargetRule; path: Path }[] {
  return [
    ...service.promises.map((rule, index) => ({ rule, path: [...at, 'promises', index] })),
    ...service.targets.map((rule, index) => ({ rule, path: [...at, 'targets', index] })),
  ];
}

function leftOut(service: Service): ReadonlySet<string> {
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

function checkClocks(service: Service, at: Path): Finding[] {
  const never = leftOut(service);
  const order = STRAIGHT_PATH[service.journey.kind] ?? [];
  return clocksOf(service, at).flatMap(({ rule, path }) => {
    const findings: Finding[] = [];
    if (rule.starts.every((start) => never.has(start.on))) {
      findings.push({
        path: [...path, 'starts'],
        message: `"${rule.code}" has no start: this service never passes ${names(rule.starts)}.`,
      });
    }
    if (rule.meets.every((meet) => never.has(meet.on))) {
      findings.push({
        path: [...path, 'meets'],
        message: `Nothing can meet "${rule.code}": this service never passes ${names(rule.meets)}.`,
      });
    }
    const started = Math.min(...rule.starts.map((start) => order.indexOf(start.on)));
    if (started >= 0 && rule.meets.every((meet) => order.includes(meet.on) && order.indexOf(meet.on) <= started)) {
      findings.push({
        path: [...path, 'meets'],
        message: `Nothing can meet "${rule.code}": ${names(rule.meets)} comes before it starts.`,
      });
    }
    for (const [index, meet] of rule.meets.entries()) {
      if ((meet.when === 'armed' || meet.when === 'not-armed') && service.use.arm.length === 0) {
        findings.push({
          path: [...path, 'meets', index, 'when'],
          message: `"${meet.when}" asks whether a use is armed, but use.arm of this service is empty.`,
        });
      }
    }
    if (rule.shownFrom !== undefined && rule.shownFrom >= rule.term.amount) {
      findings.push({
        path: [...path, 'shownFrom'],
        message: `The range of "${rule.code}" starts at ${rule.shownFrom}, not before its end ${rule.term.amount}.`,
      });
    }
    if (rule.term.unit === 'service-minutes' && service.hours === undefined) {
      findings.push({
        path: [...path, 'term', 'unit'],
        message: `"${rule.code}" counts minutes of service hours, but the service has no hours: add them.`,
      });
    }
    return findings;
  });
}

/** Of two promises in one unit from one start, the one that is met earlier on the straight path must not fall due later. */
function checkOrderOfDues(service: Service, at: Path): Finding[] {
  const order = STRAIGHT_PATH[service.journey.kind] ?? [];
  const stageOf = (rule: PromiseRule) =>
    Math.min(...rule.meets.map((meet) => order.indexOf(meet.on)).filter((stage) => stage >= 0));
  return service.promises.flatMap((earlier) =>
    service.promises.flatMap((later, index): Finding[] => {
      const comparable =
        earlier.term.unit === later.term.unit &&
        earlier.starts.some((one) => later.starts.some((other) => one.on === other.on));
      if (!comparable || !(stageOf(earlier) < stageOf(later)) || earlier.term.amount <= later.term.amount) return [];
      return [
        {
          path: [...at, 'promises', index, 'term', 'amount'],
          message: `"${later.code}" falls due after ${later.term.amount} ${later.term.unit}, before "${earlier.code}" (${earlier.term.amount}), which has to come first.`,
        },
      ];
    }),
  );
}

function checkUse(service: Service, at: Path): Finding[] {
  const { use } = service;
  const path = [...at, 'use'];
  const findings: Finding[] = [];
  for (const list of ['hold', 'arm', 'disarm', 'spend', 'release'] as const) {
    for (const [index, rule] of use[list].entries()) {
      if (rule.when === 'offered-by-due') {
        findings.push({
          path: [...path, list, index, 'when'],
          message: '"offered-by-due" speaks of a clock\'s due moment; a use has none. Use armed or not-armed.',
        });
      } else if (rule.when === 'armed' && use.arm.length === 0) {
        findings.push({
          path: [...path, list, index, 'when'],
          message: 'This waits for an armed use, but use.arm is empty: name the milestone that arms it.',
        });
      }
    }
  }
  if (use.limit.is !== null && use.hold.length === 0) {
    findings.push({ path, message: `The service has a limit of ${use.limit.is}, but no use is ever held: add hold.` });
  }
  if (use.hold.length === 0) return findings;
  if (use.spend.length === 0)
    findings.push({ path: [...path, 'hold'], message: 'A use is held but never spent: add spend, or drop the hold.' });
  const kind = KINDS[service.journey.kind] ?? [];
  const ended = new Set([...use.release, ...use.spend].map((rule) => rule.on));
  const kept = CLOSING_MILESTONES.filter(
    (milestone) => kind.includes(milestone) && !leftOut(service).has(milestone) && !ended.has(milestone),
  );
  if (kept.length > 0) {
    findings.push({
      path: [...path, use.release.length === 0 ? 'hold' : 'release'],
      message: `A use held is neither spent nor released by ${kept.join(', ')}, and would stay held for ever: add them to release.`,
    });
  }
  return findings;
}

function checkSwitches(service: Service, at: Path): Finding[] {
  const { switches, use } = service;
  if (switches === undefined) return [];
  const path = [...at, 'switches'];
  const spends = (cause: string) => use.spend.some((rule) => rule.cause === cause);
  const findings: Finding[] = [];
  const change = switches.changeAfterBooking.is;
  if (change === 'free' && spends('used-by-change')) {
    findings.push({
      path: [...path, 'changeAfterBooking', 'is'],
      message: 'A change costs nothing here, yet use.spend has used-by-change: keep one of the two.',
    });
  }
  if (change !== 'free' && use.hold.length > 0 && !spends('used-by-change')) {
    findings.push({
      path: [...path, 'changeAfterBooking', 'is'],
      message: `"${change}" says that a change costs the use, yet use.spend has no used-by-change.`,
    });
  }
  if (switches.absence.is !== 'release' && use.hold.length > 0 && !spends('used-by-absence')) {
    findings.push({
      path: [...path, 'absence', 'is'],
      message: `"${switches.absence.is}" can cost the use, yet use.spend has no used-by-absence.`,
    });
  }
  if (switches.absence.is === 'release' && spends('used-by-absence')) {
    findings.push({
      path: [...path, 'absence', 'is'],
      message: 'An absence costs nothing here, yet use.spend has used-by-absence: keep one of the two.',
    });
  }
  return findings;
}

function checkHours(service: Service, at: Path): Finding[] {
  const { hours } = service;
  if (hours === undefined || hours.opens < hours.closes) return [];
  return [
    {
      path: [...at, 'hours', 'closes'],
      message: `The service closes at ${hours.closes}, not after it opens at ${hours.opens}.`,
    },
  ];
}

function checkPursuit(service: Service, at: Path): Finding[] {
  const { pursuit } = service;
  if (pursuit === undefined) return [];
  const path = [...at, 'pursuit'];
  const findings: Finding[] = [];
  if (pursuit.remindAfter.some((day, index) => index > 0 && day <= (pursuit.remindAfter[index - 1] ?? 0))) {
    findings.push({ path: [...path, 'remindAfter'], message: 'The reminders must come in rising order of days.' });
  }
  if (pursuit.closeAfter <= Math.max(...pursuit.remindAfter)) {
    findings.push({
      path: [...path, 'closeAfter'],
      message: `The case would close after ${pursuit.closeAfter} working days, before the last reminder was sent.`,
    });
  }
  if (pursuit.calls < pursuit.onDays) {
    findings.push({
      path: [...path, 'onDays'],
      message: `${pursuit.calls} calls cannot be made on ${pursuit.onDays} days.`,
    });
  }
  return findings;
}

function checkPeopleAndPapers(service: Service, at: Path): Finding[] {
  const findings: Finding[] = [];
  if (
    service.provider !== undefined &&
    !service.consents.some((consent) => consent.to === 'provider' || consent.to === service.provider?.default)
  ) {
    findings.push({
      path: [...at, 'provider'],
      message: 'The case goes to a provider, but no consent for it is asked for: add one to consents (to: provider).',
    });
  }
  service.papers.forEach((paper, index) => {
    if (paper.required === 'always' && paper.before === undefined) {
      findings.push({
        path: [...at, 'papers', index],
        message: `The paper "${paper.kind}" is always required, but not before what: name the milestone under "before".`,
      });
    }
  });
  return findings;
}

function checkDuplicates(service: Service, at: Path): Finding[] {
  const clocks = clocksOf(service, at);
  return [
    ...twice(clocks.map(({ rule }) => rule.code)).map(({ name, index }) => ({
      path: [...(clocks[index]?.path ?? at), 'code'],
      message: `"${name}" is the code of two promises or targets of this service: rename one.`,
    })),
    ...duplicatesOf(
      service.papers.map((paper) => `${paper.kind} (${paper.required})`),
      [...at, 'papers'],
      'paper',
    ),
    ...duplicatesOf(service.notices, [...at, 'notices'], 'notice'),
    ...duplicatesOf(
      service.consents.map((consent) => `${consent.to} for ${consent.purpose}`),
      [...at, 'consents'],
      'consent',
    ),
    ...duplicatesOf(
      service.messages.map((message) => `${message.template} to ${message.to} on ${message.on}`),
      [...at, 'messages'],
      'message',
    ),
    ...(['persons', 'channels', 'applicants'] as const).flatMap((list) =>
      duplicatesOf(service[list].is, [...at, list, 'is'], list),
    ),
  ];
}

function duplicatesOf(values: readonly string[], path: Path, what: string): Finding[] {
  return twice(values).map(({ name, index }) => ({
    path: [...path, index],
    message: `${what} "${name}" stands twice in ${nameOf(path)}: remove one.`,
  }));
}

function names(rules: readonly { on: string }[]): string {
  return rules.map((rule) => `"${rule.on}"`).join(' or ');
}
