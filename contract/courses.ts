/** The course after a treatment: diary, card, questionnaires, calls and nutrition plan. */
import { z } from 'zod';
import { DayText, Id, Moment } from './common.ts';

const Code = z.string().max(64);
export const DiaryInput = z.strictObject({
  on: DayText,
  entries: z
    .array(z.strictObject({ symptom: Code, grade: z.int().min(0).max(5) }))
    .min(1)
    .max(20),
  note: z.string().trim().min(1).max(500).optional(),
});
export type DiaryInput = z.infer<typeof DiaryInput>;
export const AnswersInput = z.strictObject({
  questionnaire: Code,
  version: z.int().min(1),
  /** The day of the schedule that is answered. */
  dueOn: DayText,
  values: z.record(Code, z.int().min(0).max(100)),
});
export type AnswersInput = z.infer<typeof AnswersInput>;
export const FollowUpInput = z.strictObject({
  code: Code,
  outcome: z.enum(['reached', 'no-answer']),
  note: z.string().trim().min(1).max(1000),
});
export type FollowUpInput = z.infer<typeof FollowUpInput>;
export const NutritionInput = z.strictObject({ text: z.string().trim().min(1).max(2000) });
export type NutritionInput = z.infer<typeof NutritionInput>;

const state = z.enum(['done', 'due', 'ahead']);
export const CourseView = z.strictObject({
  /** The words of diary, card and questionnaires are samples, not released for use. */
  sample: z.boolean(),
  clause: z.string(),
  printed: z.string(),
  /** What the caller may record now. */
  may: z.strictObject({ diary: z.boolean(), answers: z.boolean(), calls: z.boolean(), nutrition: z.boolean() }),
  /** First and last day that the diary takes; null before it begins. */
  diaryFrom: DayText.nullable(),
  today: DayText,
  symptoms: z.array(z.strictObject({ code: z.string(), name: z.string() })),
  grades: z.array(z.strictObject({ grade: z.int(), name: z.string(), means: z.string() })),
  alarm: z.int(),
  card: z.strictObject({ signs: z.array(z.string()), does: z.string() }),
  hotline: z.string(),
  diary: z.array(
    z.strictObject({
      id: Id,
      on: DayText,
      at: Moment,
      by: z.string(),
      entries: z.array(z.strictObject({ symptom: z.string(), name: z.string(), grade: z.int() })),
      note: z.string().nullable(),
      severe: z.boolean(),
    }),
  ),
  questionnaires: z.array(
    z.strictObject({
      code: z.string(),
      version: z.int(),
      name: z.string(),
      asks: z.string(),
      questions: z.array(
        z.strictObject({
          code: z.string(),
          text: z.string(),
          min: z.int(),
          max: z.int(),
          low: z.string(),
          high: z.string(),
        }),
      ),
      on: z.array(z.strictObject({ dueOn: DayText, state })),
      answers: z.array(
        z.strictObject({ dueOn: DayText, at: Moment, version: z.int(), values: z.record(z.string(), z.int()) }),
      ),
    }),
  ),
  calls: z.array(
    z.strictObject({
      code: z.string(),
      name: z.string(),
      dueOn: DayText,
      state,
      /** Each attempt, the last one last. */
      made: z.array(z.strictObject({ at: Moment, by: z.string(), reached: z.boolean(), note: z.string().nullable() })),
    }),
  ),
  nutrition: z.array(z.strictObject({ at: Moment, by: z.string(), text: z.string() })),
});
export type CourseView = z.infer<typeof CourseView>;
