/** A small picture to hand in, as a phone would send it. */
import sharp from 'sharp';

export const photo = async (name: string) => ({
  name,
  mimeType: 'image/png',
  buffer: await sharp({ create: { width: 600, height: 800, channels: 3, background: '#f4f1ea' } })
    .png()
    .toBuffer(),
});
