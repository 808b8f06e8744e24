/** What a plan takes as a paper of a kind, and whether a file fits. */
import type { FieldGroup, Plan } from '../plan/schema.ts';

export const PAPER_TYPES = ['jpg', 'png', 'pdf', 'zip'] as const;
export type PaperType = (typeof PAPER_TYPES)[number];
/** Sizes in bytes; an image has one page, an archive as many as files. */
export type PaperLimits = { formats: readonly PaperType[]; maxBytes: number; maxPages: number };

/**
 * The limits of a kind over several plans, the most generous of each: a paper is the person's and may serve under any
 * of her plans; the plan of the case is asked again when it is handed in there. Undefined when no plan knows the kind.
 */
export function findPaperLimits(plans: readonly Plan[], kind: string): PaperLimits | undefined {
  const rules = plans.flatMap((plan) => plan.paperKinds.filter((one) => one.kind === kind));
  if (rules.length === 0) return undefined;
  return {
    formats: PAPER_TYPES.filter((type) => rules.some((rule) => rule.formats.includes(type))),
    maxBytes: Math.max(...rules.map((rule) => rule.maxBytes)),
    maxPages: Math.max(...rules.map((rule) => rule.maxPages)),
  };
}

/** To which group of a consent a paper of this kind belongs. */
export const groupOfPaper = (plans: readonly Plan[], kind: string): FieldGroup =>
  plans.flatMap(({ paperKinds }) => paperKinds).find((one) => one.kind === kind)?.group ?? 'papers';

/** Why this file cannot serve; undefined when it fits. */
export function unfitPaper(
  limits: PaperLimits,
  file: { type: PaperType; bytes: number; pages: number },
): 'format' | 'bytes' | 'pages' | undefined {
  if (!limits.formats.includes(file.type)) return 'format';
  if (file.bytes > limits.maxBytes) return 'bytes';
  if (file.pages > limits.maxPages) return 'pages';
  return undefined;
}

const EXTENSIONS: Readonly<Record<string, PaperType>> = {
  jpg: 'jpg',
  jpeg: 'jpg',
  jfif: 'jpg',
  png: 'png',
  pdf: 'pdf',
  zip: 'zip',
};
const MEDIA_TYPES: Readonly<Record<string, PaperType>> = {
  'image/jpeg': 'jpg',
  'image/jpg': 'jpg',
  'image/png': 'png',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/x-zip-compressed': 'zip',
};

/**
 * The type that name and media type claim where they claim one of ours, to hold against the content. Undefined
 * claims nothing (a name without extension, application/octet-stream); 'contradiction': the two differ.
 */
export function claimedType(fileName: string, mediaType: string): PaperType | 'contradiction' | undefined {
  const byName = EXTENSIONS[/\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''];
  const byMedia = MEDIA_TYPES[mediaType.split(';')[0]?.trim().toLowerCase() ?? ''];
  if (byName && byMedia && byName !== byMedia) return 'contradiction';
  return byName ?? byMedia;
}
