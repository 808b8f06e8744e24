/** A file that is sent in parts, so that a broken connection costs one part and not the file. */
import { z } from 'zod';
import { Id } from './common.ts';

/** Bytes of every part but the last, which may be shorter. */
export const PART_BYTES = 512 * 1024;
/** SHA-256 in hex. */
const Digest = z.string().regex(/^[0-9a-f]{64}$/);
/**
 * For whom (or into which case), as what, and which file: `digest` is the SHA-256 over the SHA-256s (32 bytes each) of its
 * parts in order, so that the same file chosen again goes on where it was.
 */
export const BeginUpload = z.strictObject({
  personId: Id.optional(),
  caseId: Id.optional(),
  kind: z.string().min(1).max(64),
  fileName: z.string().max(255),
  mediaType: z.string().max(100),
  bytes: z.int().min(1),
  digest: Digest,
});
/** The case, where the upload was begun for one. */
export const FinishUpload = z.strictObject({ caseId: Id.optional() });
/** `parts`: which are here already, from 0. `done`: all of it is on file, and `finish` says as which paper. */
export const UploadView = z.strictObject({
  id: Id,
  partBytes: z.int(),
  parts: z.array(z.int()),
  done: z.boolean(),
});
export type UploadView = z.infer<typeof UploadView>;
