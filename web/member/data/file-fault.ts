/** What may be handed in: photos as jpg or png (so that phones convert their own formats), PDF, and archives of images. */
export const ACCEPT = 'image/jpeg,image/png,application/pdf,application/zip,application/x-zip-compressed';

export type UploadFault = 'too-big' | 'wrong-type';

/** Why a file need not even be sent; the server looks at the content again. */
export function fileFault(file: { type: string; size: number }, maxBytes: number): UploadFault | undefined {
  if (!ACCEPT.split(',').includes(file.type)) return 'wrong-type';
  return file.size > maxBytes ? 'too-big' : undefined;
}
