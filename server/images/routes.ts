/** The images of an archive, one at a time: who may open the paper may look at them, and each look is written down. */
import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Id } from '#contract/common.ts';
import { ImageList } from '#contract/images.ts';
import type { App } from '#server/app.ts';
import { readRange } from '#server/papers/files.ts';
import { guarded, OPENING, openPaper, type PaperHooks } from '#server/papers/routes.ts';
import { getPersonKey } from '#server/persons/seal.ts';
import type { Db } from '#server/platform/db.ts';
import { Problem } from '#server/platform/problem.ts';
import type { IndexedImage } from './archive.ts';
import { findImageIndex } from './queries.ts';

/** Larger than any slice or film; a longer loop is for a program of the expert's own. */
const MAX_SHOWN_BYTES = 128 * 1024 * 1024;
const Image = z.any().describe('one DICOM file');

export async function imageRoutes(app: App, hooks: PaperHooks): Promise<void> {
  app.get(
    '/papers/:id/images',
    { config: { allow: OPENING }, schema: { params: z.strictObject({ id: Id }), response: { 200: ImageList } } },
    async (request) => {
      const { ctx } = request;
      const paper = await openPaper(request, request.params.id, 1, 'paper.previewed', hooks);
      const index = await findImageIndex(ctx.pool as Db, ctx, paper);
      if (!index) throw new Problem('not-found');
      let n = 0;
      return {
        items: index.series.map(({ number, modality, description, images }) => ({
          number,
          modality,
          description,
          images: images.map((image) => {
            n += 1;
            return {
              n,
              instance: image.instance,
              rows: image.rows,
              columns: image.columns,
              frames: image.frames,
              shown: isShown(image),
              syntax: image.syntax,
            };
          }),
        })),
        originalUrl: `/api/papers/${paper.id}/original`,
      };
    },
  );

  app.get(
    '/papers/:id/images/:n',
    {
      config: { allow: OPENING },
      schema: {
        params: z.strictObject({ id: Id, n: z.coerce.number().int().min(1).max(100_000) }),
        response: { 200: Image },
      },
    },
    async (request, reply): Promise<FastifyReply> => {
      const { ctx, params } = request;
      const paper = await openPaper(request, params.id, params.n, 'paper.previewed', hooks);
      const index = await findImageIndex(ctx.pool as Db, ctx, paper);
      const image = index?.series.flatMap(({ images }) => images)[params.n - 1];
      if (!image || !isShown(image)) throw new Problem('not-found', { pointer: '/n' });
      const dataKey = await getPersonKey(ctx.pool as Db, ctx, paper.personId);
      const packed = Readable.from(readRange(ctx, dataKey, paper, image.at, image.at + image.packed), {
        objectMode: false,
      });
      // Bounded by what was found when it was handed in; a stream that breaks off breaks the answer off.
      const plain = image.deflated ? packed.compose(createInflateRaw()) : packed;
      return guarded(reply).type('application/dicom').header('content-length', image.size).send(plain);
    },
  );
}

const isShown = ({ shown, size }: IndexedImage): boolean => shown && size <= MAX_SHOWN_BYTES;
