import { expect, test } from 'vitest';
import { loadPlans } from '#plans/load.ts';
import { alarms, scheduledBy, scheduleOf, stateOf } from './schedule.ts';

const course = loadPlans().plans.find(({ plan }) => plan === 'zhenai21')!.services['car-t']!.course!;
const passed = (name: string, at: string) => ({ name, occurredAt: new Date(`${at}+08:00`) });
const history = [passed('admitted', '2026-03-02T10:00:00'), passed('infused', '2026-03-30T23:30:00')];

test('[2.6.4.8.6] questionnaires and calls fall on calendar days after what the case has passed, and on none before', () => {
  expect(scheduleOf(course, history).map(({ kind, code, dueOn }) => `${kind} ${code} ${dueOn}`)).toEqual([
    'answers wellbeing 2026-03-02',
    'answers wellbeing 2026-05-19',
    'answers wellbeing 2026-07-08',
    'answers wellbeing 2026-08-27',
    'answers wellbeing 2026-12-25',
  ]);
  expect(
    scheduledBy(course, passed('discharged', '2026-04-15T09:00:00')).map(({ code, dueOn }) => [code, dueOn]),
  ).toEqual([
    ['day-3', '2026-04-18'],
    ['day-14', '2026-04-29'],
    ['month-1', '2026-05-15'],
    ['month-3', '2026-07-14'],
  ]);
});

test('[2.6.4.8.6] an answer does the one occurrence it was given for; the same code on another day stays due', () => {
  const [first, second, third] = scheduleOf(course, history);
  const done = [{ kind: 'answers', code: 'wellbeing', onDay: '2026-03-02' }];
  expect([first, second, third].map((one) => stateOf(one!, done, '2026-05-19'))).toEqual(['done', 'due', 'ahead']);
});

test('[2.6.4.8.6] the grade from which somebody is told is the plan’s', () => {
  expect(alarms(course, [{ grade: 2 }, { grade: 1 }])).toBe(false);
  expect(alarms(course, [{ grade: 1 }, { grade: 3 }])).toBe(true);
  expect(alarms({ alarm: 2 }, [{ grade: 2 }])).toBe(true);
});
