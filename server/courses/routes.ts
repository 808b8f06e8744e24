/** The course of a case over HTTP. Who may see the case may read it; who records what, the course itself decides. */
import { z } from 'zod';
import { Id } from '#contract/common.ts';
import { AnswersInput, CourseView, DiaryInput, FollowUpInput, NutritionInput } from '#contract/courses.ts';
import type { App } from '#server/app.ts';
import { inTransaction } from '#server/platform/db.ts';
import { answerOnce } from '#server/platform/idempotency.ts';
import { READERS } from './readers.ts';
import { recordAnswers, recordCall, recordDiary, recordNutrition } from './record.ts';
import { openCourse, viewCourse } from './view.ts';

const params = z.strictObject({ id: Id });
const response = { 201: CourseView };
const PATH = '/cases/:id/course';

export async function courseRoutes(app: App): Promise<void> {
  app.get(
    PATH,
    { config: { allow: READERS }, schema: { params, response: { 200: CourseView } } },
    ({ ctx, actor, lang, params: { id } }) =>
      inTransaction(ctx.pool, async (db) => viewCourse(db, ctx, await openCourse(db, ctx, actor, id), lang)),
  );

  app.post(
    `${PATH}/diary`,
    {
      config: { allow: ['member', 'service-desk', 'car-t-specialist'] },
      schema: { params, body: DiaryInput, response },
    },
    (request, reply) =>
      answerOnce(request, reply, async (db) => {
        const { ctx, actor, lang, body } = request;
        const { id } = request.params;
        await recordDiary(db, ctx, actor, id, body, lang);
        return { status: 201, body: await viewCourse(db, ctx, await openCourse(db, ctx, actor, id), lang) };
      }),
  );
  app.post(
    `${PATH}/answers`,
    { config: { allow: ['member', 'service-desk'] }, schema: { params, body: AnswersInput, response } },
    (request, reply) =>
      answerOnce(request, reply, async (db) => {
        const { ctx, actor, lang, body } = request;
        const { id } = request.params;
        await recordAnswers(db, ctx, actor, id, body, lang);
        return { status: 201, body: await viewCourse(db, ctx, await openCourse(db, ctx, actor, id), lang) };
      }),
  );
  app.post(
    `${PATH}/calls`,
    { config: { allow: ['car-t-specialist'] }, schema: { params, body: FollowUpInput, response } },
    (request, reply) =>
      answerOnce(request, reply, async (db) => {
        const { ctx, actor, lang, body } = request;
        const { id } = request.params;
        await recordCall(db, ctx, actor, id, body, lang);
        return { status: 201, body: await viewCourse(db, ctx, await openCourse(db, ctx, actor, id), lang) };
      }),
  );
  app.post(
    `${PATH}/nutrition`,
    { config: { allow: ['car-t-specialist'] }, schema: { params, body: NutritionInput, response } },
    (request, reply) =>
      answerOnce(request, reply, async (db) => {
        const { ctx, actor, lang, body } = request;
        const { id } = request.params;
        await recordNutrition(db, ctx, actor, id, body);
        return { status: 201, body: await viewCourse(db, ctx, await openCourse(db, ctx, actor, id), lang) };
      }),
  );
}
