/** Medical images in an archive that was handed in as a paper. */
import { z } from 'zod';

export const ImageList = z.strictObject({
  /** Series in the order of their numbers; images along the patient. `n` counts through all of them. */
  items: z.array(
    z.strictObject({
      number: z.number().int(),
      modality: z.string(),
      description: z.string(),
      images: z.array(
        z.strictObject({
          n: z.number().int(),
          instance: z.number().int(),
          rows: z.number().int(),
          columns: z.number().int(),
          frames: z.number().int(),
          /** Painted by the viewer; otherwise the archive is downloaded. */
          shown: z.boolean(),
          syntax: z.string(),
        }),
      ),
    }),
  ),
  originalUrl: z.string(),
});
export type ImageList = z.infer<typeof ImageList>;
