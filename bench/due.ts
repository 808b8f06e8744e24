/**
 * Due times per second on one core, beside the public library dayjs-business-time on the same holidays and the same
 * starts in the same run. The library knows no make-up working days and no closing hour of the n-th day, so `agree`
 * says for which share of the starts the answers match; both are timed on all of them.
 */
import dayjs from 'dayjs';
import business from 'dayjs-business-time';
import { loadCalendar } from '#calendar/load.ts';
import { addDays, dayOf, instantAt } from '#domain/calendar/day.ts';
import { type DueInput, dueTime } from '#domain/calendar/due.ts';
import { measure } from './measure.ts';
import type { Print } from './run.ts';

type Peer = { addBusinessDays(days: number): dayjs.Dayjs; addBusinessMinutes(minutes: number): dayjs.Dayjs };
type PeerSetup = {
  setHolidays(days: string[]): void;
  setBusinessTime(week: Record<string, { start: string; end: string }[] | null>): void;
};

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const WEEKEND = ['saturday', 'sunday'];
const HOURS = [{ start: '09:00:00', end: '18:00:00' }];
const week = (days: readonly string[]) =>
  Object.fromEntries([...WEEKDAYS, ...WEEKEND].map((day) => [day, days.includes(day) ? HOURS : null]));

export async function run(print: Print): Promise<void> {
  // The library counts in the zone of the process; ours needs none.
  process.env.TZ = 'Asia/Shanghai';
  dayjs.extend(business);
  const peer = dayjs as unknown as PeerSetup;
  const calendar = loadCalendar();
  peer.setHolidays([...calendar.days].filter(([, { kind }]) => kind === 'off').map(([day]) => day));

  const starts = Array.from({ length: 300 }, (_, i) =>
    instantAt(addDays('2026-01-05', i), `${String(9 + (i % 8)).padStart(2, '0')}:17`),
  );
  const rule = { dayOpens: '09:00', dayCloses: '18:00', calendar };
  const everyDay = { days: 'every-day', opens: '09:00', closes: '18:00' } as const;
  const tasks: readonly {
    name: string;
    open: readonly string[];
    ours: Omit<DueInput, 'from'>;
    theirs: (from: Date) => dayjs.Dayjs;
    same: (due: Date, other: dayjs.Dayjs) => boolean;
  }[] = [
    {
      name: '7 working days',
      open: WEEKDAYS,
      ours: { ...rule, term: { unit: 'working-days', amount: 7 } },
      theirs: (from) => (dayjs(from) as unknown as Peer).addBusinessDays(7),
      same: (due, other) => dayOf(due) === dayOf(other.toDate()),
    },
    {
      name: '60 minutes of service hours',
      open: [...WEEKDAYS, ...WEEKEND],
      ours: { ...rule, hours: everyDay, term: { unit: 'service-minutes', amount: 60 } },
      theirs: (from) => (dayjs(from) as unknown as Peer).addBusinessMinutes(60),
      same: (due, other) => due.getTime() === other.valueOf(),
    },
    {
      name: '4800 minutes of service hours',
      open: [...WEEKDAYS, ...WEEKEND],
      ours: { ...rule, hours: everyDay, term: { unit: 'service-minutes', amount: 4800 } },
      theirs: (from) => (dayjs(from) as unknown as Peer).addBusinessMinutes(4800),
      same: (due, other) => due.getTime() === other.valueOf(),
    },
  ];

  for (const { name, open, ours, theirs, same } of tasks) {
    peer.setBusinessTime(week(open));
    const agreed = starts.filter((from) => same(dueTime({ ...ours, from }).due, theirs(from))).length;
    const mine = measure(() => starts.map((from) => dueTime({ ...ours, from }).due), starts.length);
    const other = measure(() => starts.map((from) => theirs(from).valueOf()), starts.length);
    print({
      bench: `due, ${name}`,
      value: mine.perSecond,
      unit: 'due times/s',
      spread: mine.spread,
      dayjsBusinessTime: other.perSecond,
      timesFaster: Number((mine.perSecond / other.perSecond).toFixed(1)),
      agree: Number((agreed / starts.length).toFixed(3)),
    });
  }
}
