import { residentCheckCharacter } from '#domain/identity/resident-id.ts';
import { loadPlans } from '#plans/load.ts';
import { fixedClock } from '#server/platform/clock.ts';
import { makeKeyRing } from '#server/platform/keys.ts';
import { openTestDatabase, type TestDatabase } from '#tests/with-database.ts';
import { type ImportKind, importColumns } from './import-file.ts';
import type { ImportCtx } from './runs.ts';

export type Ground = {
  readonly ctx: ImportCtx;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly database: TestDatabase;
};

/** A migrated database with one insurer whose business time stands on 2026-11-18 10:00. */
export async function openGround(): Promise<Ground> {
  const database = await openTestDatabase();
  await database.owner.query(
    `insert into insurers (code, name_zh, name_en) values ('test', '测试', 'Test'), ('other', '另一', 'Other')`,
  );
  return { database, ...groundOf(database, 'test') };
}

export function groundOf(database: TestDatabase, insurer: string) {
  const clock = fixedClock(new Date('2026-11-18T10:00:00+08:00'));
  const keyRing = makeKeyRing('k1', new Map([['k1', Buffer.alloc(32, 7)]]));
  const ctx: ImportCtx = { insurer, pool: database.db.forInsurer(insurer), keyRing, plans: loadPlans().plans, clock };
  return { ctx, clock };
}

/** A csv with Chinese headings, or those given; each row overrides the kind's examples. */
export function csvOf(
  kind: ImportKind,
  rows: readonly Record<string, string>[],
  options: { without?: string; headings?: 'name' } = {},
): string {
  const columns = importColumns(kind).filter(({ name }) => name !== options.without);
  const head = columns.map((column) => (options.headings ? column.name : column.heading.zh));
  const lines = rows.map((row) => columns.map(({ name, example }) => quoted(row[name] ?? example)));
  return `${[head, ...lines].map((line) => line.join(',')).join('\n')}\n`;
}

export const fileOf = (name: string, content: string | Uint8Array) => ({
  name,
  content: typeof content === 'string' ? Buffer.from(content) : content,
});

/** A resident ID number with a right check digit; `n` makes it another person. */
export function residentId(n: number, bornOn = '19900307'): string {
  const first17 = `${110101 + Math.floor(n / 1000)}${bornOn}${String(n % 1000).padStart(3, '0')}`;
  return `${first17}${residentCheckCharacter(first17)}`;
}

/** The cells of a person who is both insured and policyholder. */
export function selfRow(n: number, row: Record<string, string> = {}): Record<string, string> {
  const id = residentId(n);
  return {
    policyNo: `P${n}`,
    name: `示例人${n}`,
    policyholderName: `示例人${n}`,
    idNumber: id,
    policyholderIdNumber: id,
    sex: '',
    phone: `1990000${String(n).padStart(4, '0')}`,
    policyholderPhone: '',
    ...row,
  };
}

const quoted = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
