/** An expert's opinion as a screen shows it. */
import { z } from 'zod';
import { Moment } from './common.ts';

export const OpinionView = z.strictObject({
  by: z.string(),
  at: Moment,
  sections: z.array(z.strictObject({ title: z.string(), text: z.string() })),
  explained: z.string().nullable(),
  asked: z.string().nullable(),
  answered: z.string().nullable(),
  reportUrl: z.string().nullable(),
  sha256: z.string().nullable(),
  /** The file is the one that was signed; null where there is none to see. */
  intact: z.boolean().nullable(),
});
