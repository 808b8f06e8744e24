/** What a phone may hand in: photos as jpg or png (so that phones convert their own formats) and PDF. */
export const ACCEPT = 'image/jpeg,image/png,application/pdf';

export type UploadFault = 'too-big' | 'wrong-type';

/** Why a file need not even be sent; the server looks at the content again. */
export function fileFault(file: { type: string; size: number }, maxBytes: number): UploadFault | undefined {
  if (!ACCEPT.split(',').includes(file.type)) return 'wrong-type';
  return file.size > maxBytes ? 'too-big' : undefined;
}
