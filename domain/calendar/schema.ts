import { z } from 'zod';
import { isDay } from './day.ts';

/** A day that exists, `YYYY-MM-DD`. */
export const daySchema = z.string().refine(isDay, { error: 'must be a day that exists, written YYYY-MM-DD' });

const text = (what: string) =>
  z
    .string()
    .trim()
    .min(1, { error: `${what} must not be empty` });

/** One day named in a notice: a day off or a make-up workday. */
export const calendarDaySchema = z.strictObject({
  date: daySchema,
  kind: z.enum(['off', 'work'], { error: 'kind must be off (day off) or work (make-up workday)' }),
  name: text('name of the holiday'),
});

/** One calendar year as the notices make it. `partial`: only the days another year's notice names; no horizon follows. */
export const calendarYearSchema = z
  .strictObject({
    year: z.int({ error: 'year must be a whole number' }).min(1991).max(2999),
    notice: text('notice (its title)'),
    version: z.int({ error: 'version must be a whole number' }).min(1, { error: 'version starts at 1' }),
    partial: z.boolean().default(false),
    days: z.array(calendarDaySchema).min(1, { error: 'days must name at least one day' }),
  })
  .superRefine(({ year, days }, ctx) => {
    const seen = new Set<string>();
    for (const [i, { date }] of days.entries()) {
      const fault = seen.has(date)
        ? `${date} is named twice; keep one`
        : date.startsWith(`${year}-`)
          ? null
          : `${date} is not in ${year}; put it in the file of its own year`;
      if (fault) ctx.addIssue({ code: 'custom', path: ['days', i, 'date'], message: fault });
      seen.add(date);
    }
  });
export type CalendarYear = z.infer<typeof calendarYearSchema>;

/** How time is counted: around the clock, inside service hours, by working days, or by days of the calendar. */
export const unitSchema = z.enum(['seconds', 'service-minutes', 'working-days', 'calendar-days'], {
  error: 'unit must be seconds, service-minutes, working-days or calendar-days',
});
export type Unit = z.infer<typeof unitSchema>;

/** A length of counted time. */
export const termSchema = z.strictObject({
  unit: unitSchema,
  amount: z.int({ error: 'amount must be a whole number' }).min(1, { error: 'amount must be at least 1' }),
});
export type Term = z.infer<typeof termSchema>;

/** A deadline of law. `extends`: its days follow the end of that norm instead of the start event. */
export const normSchema = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9-]*$/, { error: 'code must be lower-case words joined by hyphens' }),
  law: text('law'),
  article: text('article'),
  unit: unitSchema,
  amount: termSchema.shape.amount,
  extends: z.string().optional(),
  zh: text('zh'),
  en: text('en'),
});
export type Norm = z.infer<typeof normSchema>;

/** A file of norms. */
export const normsFileSchema = z.strictObject({ norms: z.array(normSchema).min(1) });

/** The faults of a schema as one text, each naming its field: `days.3.date: must be …`. */
export function describeIssues(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || '(top)'}: ${issue.message}`).join('; ');
}
