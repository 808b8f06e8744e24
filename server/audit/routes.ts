import { existsSync } from 'node:fs';
import { z } from 'zod';
import { listOf } from '#contract/common.ts';
import { AuditEntry, AuditQuery, AuditVerdict } from '#contract/operations.ts';
import { formatInstant, isDay } from '#domain/calendar/day.ts';
import { detailWords, subjectWords } from '#domain/operations/audit-words.ts';
import { maskName } from '#domain/persons/mask.ts';
import { nameAccounts } from '#server/accounts/names.ts';
import type { App } from '#server/app.ts';
import { findPerson } from '#server/persons/queries.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, inTransaction } from '#server/platform/db.ts';
import { type FieldFault, Problem } from '#server/platform/problem.ts';
import { actionLabel, nameInPlans } from './labels.ts';
import { type AuditCursor, listAudit } from './queries.ts';
import { recordAudit } from './record.ts';
import { verifyAudit } from './verify.ts';

/** The auditor's desk: search by person, case, actor, day and action, and verify the chain. Each search is recorded. */
export async function auditRoutes(app: App): Promise<void> {
  app.get(
    '/audit',
    { config: { allow: ['auditor'] }, schema: { querystring: AuditQuery, response: { 200: listOf(AuditEntry) } } },
    async (request) => {
      const { ctx, actor, query, lang } = request;
      const cursor = readQuery(query);
      return inTransaction(ctx.pool, async (db) => {
        const now = await ctx.clock.now(db);
        const search = {
          personId: query.person,
          caseNumber: query.case,
          actor: query.actor,
          day: query.day,
          action: query.action,
        };
        const found = await listAudit(db, ctx, search, query.limit + 1, cursor);
        const rows = found.slice(0, query.limit);
        const accounts = await nameAccounts(db, ctx, unique(rows.map((row) => row.actor_account)));
        const persons = await namePersons(db, ctx, unique(rows.map((row) => row.person_id)));
        await recordAudit(db, ctx, {
          actor,
          action: 'audit.searched',
          subject: 'audit',
          ...(query.person ? { personId: query.person } : {}),
          details: {
            rows: rows.length,
            case: query.case ?? null,
            actor: query.actor ?? null,
            day: query.day ?? null,
            action: query.action ?? null,
          },
          now,
        });
        const last = rows.at(-1);
        return {
          items: rows.map((row) => ({
            id: row.id,
            at: formatInstant(row.at),
            actor:
              row.actor_account === null
                ? lang === 'zh'
                  ? '系统'
                  : 'System'
                : (accounts.get(row.actor_account) ?? row.actor_account),
            actorRole: row.actor_role,
            action: row.action,
            actionLabel: actionLabel(row.action, lang),
            subject: row.subject,
            subjectName: subjectWords(row.subject, lang),
            caseNumber: row.case_number,
            person: row.person_id === null ? null : (persons.get(row.person_id) ?? row.person_id),
            details: detailWords(row.action, row.details, nameInPlans(ctx), lang),
            sealed: row.linked,
          })),
          next: last && found.length > rows.length ? writeCursor(last) : null,
        };
      });
    },
  );

  app.post(
    '/audit/verify',
    { config: { allow: ['auditor'] }, schema: { body: z.strictObject({}).nullish(), response: { 200: AuditVerdict } } },
    async (request) => {
      const { ctx, actor } = request;
      const verdict = await verifyAudit(ctx, existsSync(ctx.config.sealLog) ? { sealLog: ctx.config.sealLog } : {});
      await inTransaction(ctx.pool, async (db) => {
        const details = { ok: verdict.ok, checked: verdict.checked, fault: verdict.firstFault?.kind ?? null };
        await recordAudit(db, ctx, {
          actor,
          action: 'audit.verified',
          subject: 'audit',
          details,
          now: await ctx.clock.now(db),
        });
      });
      return verdict;
    },
  );
}

/** Masked; the auditor sees no names in full. An erased person shows as her id. */
async function namePersons(db: Db, ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  for (const id of ids) {
    const person = await findPerson(db, ctx, id).catch(() => undefined);
    if (person) names.set(id, maskName(person.name));
  }
  return names;
}

function readQuery(query: z.infer<typeof AuditQuery>): AuditCursor | undefined {
  const errors: FieldFault[] = [];
  const uuid = z.uuid();
  if (query.person !== undefined && !uuid.safeParse(query.person).success)
    errors.push({
      pointer: '/person',
      detail: {
        zh: '请填写此人的编号，即审计记录和服务单上的编号。',
        en: "Give the person's id, as audit entries and cases carry it.",
      },
    });
  if (query.actor !== undefined && query.actor !== 'system' && !uuid.safeParse(query.actor).success)
    errors.push({
      pointer: '/actor',
      detail: { zh: '请填写账号的编号，或 system。', en: 'Give the id of an account, or "system".' },
    });
  if (query.day !== undefined && !isDay(query.day))
    errors.push({
      pointer: '/day',
      detail: { zh: '请填写存在的日期，格式为 YYYY-MM-DD。', en: 'Give a day that exists, written YYYY-MM-DD.' },
    });
  const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor);
  if (query.cursor !== undefined && !cursor)
    errors.push({
      pointer: '/cursor',
      detail: { zh: '请原样使用上一页给出的 next。', en: 'Give the "next" of the page before, unchanged.' },
    });
  if (errors.length > 0) throw new Problem('invalid-request', { errors });
  return cursor;
}

const writeCursor = ({ at, id }: AuditCursor): string => Buffer.from(`${at.getTime()} ${id}`).toString('base64url');

function readCursor(text: string): AuditCursor | undefined {
  const [, ms, id] = /^(\d{1,15}) ([0-9a-f-]{36})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  return ms !== undefined && z.uuid().safeParse(id).success ? { at: new Date(Number(ms)), id: id! } : undefined;
}

const unique = (ids: (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];
