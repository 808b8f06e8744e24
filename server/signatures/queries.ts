/** Signed consents as they are kept: sealed under the tested person's key, inserted once and never rewritten. */
import { getPersonKey, openWith, sealWith } from '#server/persons/seal.ts';
import type { Ctx } from '#server/platform/context.ts';
import { type Db, query, queryOne, sql } from '#server/platform/db.ts';

export type Signature = {
  id: string;
  caseId: string;
  personId: string;
  laboratory: string;
  textVersion: number;
  signer: 'tested-person' | 'guardian';
  signedAt: Date;
  signedBy: string;
  /** Who signed, by name. */
  name: string;
  document: Buffer;
  cms: Buffer;
  authority: string;
  certificate: string;
  demonstration: boolean;
};
type Sealed = {
  name: string;
  document: string;
  cms: string;
  authority: string;
  certificate: string;
  demonstration: boolean;
};
type Row = Omit<Signature, keyof Sealed> & { sealed: Buffer };

const insert = sql<never>(
  'signatures.insert',
  `insert into signatures (insurer, id, case_id, person_id, laboratory, text_version, signer, signed_at, signed_by, sealed)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);
const selectLast = sql<Row>(
  'signatures.last',
  `select id, case_id as "caseId", person_id as "personId", laboratory, text_version as "textVersion", signer,
          signed_at as "signedAt", signed_by as "signedBy", sealed
     from signatures where insurer = $1 and case_id = $2 and laboratory = $3 order by signed_at desc, id desc limit 1`,
);

export async function insertSignature(db: Db, ctx: Ctx, one: Signature): Promise<void> {
  const key = await getPersonKey(db, ctx, one.personId);
  const sealed: Sealed = {
    name: one.name,
    document: one.document.toString('base64'),
    cms: one.cms.toString('base64'),
    authority: one.authority,
    certificate: one.certificate,
    demonstration: one.demonstration,
  };
  await query(db, insert, [
    ctx.insurer,
    one.id,
    one.caseId,
    one.personId,
    one.laboratory,
    one.textVersion,
    one.signer,
    one.signedAt,
    one.signedBy,
    sealWith(key, ctx, 'signatures', one.id, sealed),
  ]);
}

/** The newest signature of the case for this laboratory; undefined: none. */
export async function findSignature(
  db: Db,
  ctx: Ctx,
  caseId: string,
  laboratory: string,
): Promise<Signature | undefined> {
  const row = await queryOne(db, selectLast, [ctx.insurer, caseId, laboratory]);
  if (!row) return undefined;
  const { sealed, ...rest } = row;
  const opened = openWith<Sealed>(await getPersonKey(db, ctx, row.personId), ctx, 'signatures', row.id, sealed);
  return {
    ...rest,
    ...opened,
    document: Buffer.from(opened.document, 'base64'),
    cms: Buffer.from(opened.cms, 'base64'),
  };
}
