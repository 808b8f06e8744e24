/** What makes one service of a plan contradict itself: promises, uses, hours, switches, pursuit, consents, messages. */
import { checkCourse } from './check-course.ts';
import { checkJourney } from './check-journey.ts';
import { checkSettlement } from './check-settlement.ts';
import { checkSwitches, checkUse, leftOut } from './check-use.ts';
import { type Finding, nameOf, placeOf, t, twice } from './explain.ts';
import type { PromiseRule, Service, TargetRule } from './schema.ts';
import { STRAIGHT_PATH } from './vocabulary.ts';

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
    ...checkSettlement(service, at),
    ...checkDuplicates(service, at),
    ...checkCourse(service, at),
  ];
}

function clocksOf(service: Service, at: Path): { rule: PromiseRule | TargetRule; path: Path }[] {
  return [
    ...service.promises.map((rule, index) => ({ rule, path: [...at, 'promises', index] })),
    ...service.targets.map((rule, index) => ({ rule, path: [...at, 'targets', index] })),
  ];
}

function checkClocks(service: Service, at: Path): Finding[] {
  const never = leftOut(service);
  const order = STRAIGHT_PATH[service.journey.kind] ?? [];
  return clocksOf(service, at).flatMap(({ rule, path }) => {
    const findings: Finding[] = [];
    if (rule.starts.every((start) => never.has(start.on))) {
      findings.push({
        path: [...path, 'starts'],
        message: t(
          `“${rule.code}”不会开始：这项服务从不经过 ${names(rule.starts)}。`,
          `"${rule.code}" has no start: this service never passes ${names(rule.starts)}.`,
        ),
      });
    }
    if (rule.meets.every((meet) => never.has(meet.on))) {
      findings.push({
        path: [...path, 'meets'],
        message: t(
          `没有什么能完成“${rule.code}”：这项服务从不经过 ${names(rule.meets)}。`,
          `Nothing can meet "${rule.code}": this service never passes ${names(rule.meets)}.`,
        ),
      });
    }
    const started = Math.min(...rule.starts.map((start) => order.indexOf(start.on)));
    if (started >= 0 && rule.meets.every((meet) => order.includes(meet.on) && order.indexOf(meet.on) <= started)) {
      findings.push({
        path: [...path, 'meets'],
        message: t(
          `没有什么能完成“${rule.code}”：${names(rule.meets)} 在它开始之前。`,
          `Nothing can meet "${rule.code}": ${names(rule.meets)} comes before it starts.`,
        ),
      });
    }
    for (const [index, meet] of rule.meets.entries()) {
      if ((meet.when === 'armed' || meet.when === 'not-armed') && service.use.arm.length === 0) {
        findings.push({
          path: [...path, 'meets', index, 'when'],
          message: t(
            `“${meet.when}”问使用次数是否待计，但这项服务的 use.arm 是空的。`,
            `"${meet.when}" asks whether a use is armed, but use.arm of this service is empty.`,
          ),
        });
      }
    }
    if (rule.shownFrom !== undefined && rule.shownFrom >= rule.term.amount) {
      findings.push({
        path: [...path, 'shownFrom'],
        message: t(
          `“${rule.code}”的范围从 ${rule.shownFrom} 开始，不早于它的终点 ${rule.term.amount}。`,
          `The range of "${rule.code}" starts at ${rule.shownFrom}, not before its end ${rule.term.amount}.`,
        ),
      });
    }
    if (rule.term.unit === 'service-minutes' && service.hours === undefined) {
      findings.push({
        path: [...path, 'term', 'unit'],
        message: t(
          `“${rule.code}”按服务时间的分钟计，这项服务却没有 hours：请补上。`,
          `"${rule.code}" counts minutes of service hours, but the service has no hours: add them.`,
        ),
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
          message: t(
            `“${later.code}”在 ${later.term.amount} ${later.term.unit} 到期，早于须先完成的“${earlier.code}”（${earlier.term.amount}）。`,
            `"${later.code}" falls due after ${later.term.amount} ${later.term.unit}, before "${earlier.code}" (${earlier.term.amount}), which has to come first.`,
          ),
        },
      ];
    }),
  );
}

function checkHours(service: Service, at: Path): Finding[] {
  const { hours } = service;
  if (hours === undefined || hours.opens < hours.closes) return [];
  return [
    {
      path: [...at, 'hours', 'closes'],
      message: t(
        `服务 ${hours.closes} 结束，不晚于开始的 ${hours.opens}。`,
        `The service closes at ${hours.closes}, not after it opens at ${hours.opens}.`,
      ),
    },
  ];
}

function checkPursuit(service: Service, at: Path): Finding[] {
  const { pursuit } = service;
  if (pursuit === undefined) return [];
  const path = [...at, 'pursuit'];
  const findings: Finding[] = [];
  if (pursuit.remindAfter.some((day, index) => index > 0 && day <= (pursuit.remindAfter[index - 1] ?? 0))) {
    findings.push({
      path: [...path, 'remindAfter'],
      message: t('提醒的天数须由小到大。', 'The reminders must come in rising order of days.'),
    });
  }
  if (pursuit.closeAfter <= Math.max(...pursuit.remindAfter)) {
    findings.push({
      path: [...path, 'closeAfter'],
      message: t(
        `服务单会在 ${pursuit.closeAfter} 个工作日后结束，那时最后一次提醒还没有发出。`,
        `The case would close after ${pursuit.closeAfter} working days, before the last reminder was sent.`,
      ),
    });
  }
  if (pursuit.calls < pursuit.onDays) {
    findings.push({
      path: [...path, 'onDays'],
      message: t(
        `${pursuit.calls} 次致电不能分在 ${pursuit.onDays} 天。`,
        `${pursuit.calls} calls cannot be made on ${pursuit.onDays} days.`,
      ),
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
      message: t(
        '服务单要交给服务商，却没有征求这项同意：请在 consents 加一条（to: provider）。',
        'The case goes to a provider, but no consent for it is asked for: add one to consents (to: provider).',
      ),
    });
  }
  service.papers.forEach((paper, index) => {
    if (paper.required === 'always' && paper.before === undefined) {
      findings.push({
        path: [...at, 'papers', index],
        message: t(
          `资料“${paper.kind}”必交，却没有说在什么之前：请在“before”写明节点。`,
          `The paper "${paper.kind}" is always required, but not before what: name the milestone under "before".`,
        ),
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
      message: t(
        `“${name}”是这项服务两个承诺或内部时限的代码：请改掉一个。`,
        `"${name}" is the code of two promises or targets of this service: rename one.`,
      ),
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
    message: t(
      `“${name}”在${placeOf(path)}里出现了两次：删掉一个。`,
      `${what} "${name}" stands twice in ${nameOf(path)}: remove one.`,
    ),
  }));
}

function names(rules: readonly { on: string }[]): string {
  return rules.map((rule) => `"${rule.on}"`).join(' or ');
}
