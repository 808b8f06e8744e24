/** The informed consent of a case [2.4.1.3]: who signs it, the code that confirms the will to, the signature, and what it shows now. */

import type { InformedConsentView } from '#contract/signatures.ts';
import { CODES_PER_NUMBER } from '#domain/accounts/limits.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { maskName } from '#domain/persons/mask.ts';
import { deliverCodes, type MadeCode, makeCode, spendCode, tryCode } from '#server/accounts/codes.ts';
import { bucketOf, takeTry } from '#server/accounts/rate-limits.ts';
import { recordAudit } from '#server/audit/record.ts';
import { getVisibleCase, isCapableAdult } from '#server/cases/access.ts';
import { type OpenCase, openCaseForEvent } from '#server/cases/move-case.ts';
import { findCaseForUpdate } from '#server/cases/queries.ts';
import { sendSystemEvent } from '#server/cases/send-event.ts';
import { verifySignature } from '#server/gateways/signing.ts';
import { getPerson, type Person } from '#server/persons/queries.ts';
import { machineNow } from '#server/platform/clock.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { type Language, Problem } from '#server/platform/problem.ts';
import { type ConsentText, composeDocument, findInformedConsent } from './document.ts';
import { findSignature, insertSignature, type Signature } from './queries.ts';

/** The state of a chart that waits for the signature. */
const WAITS = 'awaiting-signature';

type Ground = { open: OpenCase; text: ConsentText; laboratory: string; laboratoryName: { zh: string; en: string } };
type Signer = { as: 'tested-person' | 'guardian'; person: Person } | null;

export async function viewInformedConsent(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  caseId: string,
  lang: Language,
): Promise<InformedConsentView> {
  const now = await ctx.clock.now(db);
  const ground = await getGround(db, ctx, actor, caseId, now);
  const { open, text } = ground;
  const signature = await findSignature(db, ctx, caseId, ground.laboratory);
  const tested = await isCapableAdult(db, ctx, open.row.personId, now);
  return {
    state: stateOfConsent(open, signature !== undefined),
    title: text.title[lang],
    version: text.version,
    text: text.text[lang],
    laboratory: ground.laboratoryName[lang],
    clause: text.clause,
    printed: open.running.plan.clauses.find(({ id }) => id === text.clause)?.printed ?? text.clause,
    onScreen: ctx.signing !== null,
    mine: (await findSigner(db, ctx, actor, open, now)) !== null,
    signer: tested ? { zh: '受检者本人', en: 'the tested person' }[lang] : { zh: '监护人', en: 'the guardian' }[lang],
    signature: signature ? await viewSignature(ctx, signature, actor.role !== 'member', lang) : null,
  };
}

function stateOfConsent(open: OpenCase, signed: boolean): InformedConsentView['state'] {
  if (open.row.state === WAITS) return 'to-sign';
  const last = open.running.so.history.findLast(({ name }) => name === 'consent-signed' || name === 'taken-back');
  if (last?.name !== 'consent-signed') return 'none';
  return open.memory.chart.paperConsent || !signed ? 'on-paper' : 'signed';
}

const CHECKS = {
  intact: { zh: '签名有效，内容没有改动', en: 'valid: nothing was changed since' },
  altered: { zh: '签名与内容不符：内容或签名被改动过', en: 'not valid: document or signature was changed' },
  'unknown-authority': {
    zh: '签名完整，但签发机构不是现在配置的',
    en: 'intact, but not issued by the authority configured now',
  },
} as const;

async function viewSignature(
  ctx: Ctx,
  one: Signature,
  masked: boolean,
  lang: Language,
): Promise<NonNullable<InformedConsentView['signature']>> {
  const { state } = await verifySignature(one.document, one.cms, one.authority, one.signedAt);
  // Who can write another document could bring an authority of her own: only ours counts.
  const check =
    state === 'intact' && ctx.signing && ctx.signing.authority !== one.authority ? 'unknown-authority' : state;
  return {
    by: masked ? maskName(one.name) : one.name,
    signer: one.signer,
    at: formatInstant(one.signedAt),
    version: one.textVersion,
    certificate: one.certificate,
    demonstration: one.demonstration,
    check,
    checkLabel: CHECKS[check][lang],
  };
}

/** Sends a code to the signer's own telephone. @throws Refused, Problem like `signConsent` */
export async function sendSigningCode(db: Db, ctx: Ctx, actor: Actor, caseId: string): Promise<MadeCode> {
  const now = await ctx.clock.now(db);
  const machine = machineNow();
  const { person } = await getSigner(db, ctx, actor, await getGround(db, ctx, actor, caseId, now), now);
  if (person.phone === '')
    throw new Problem('not-possible-now', {
      detail: { zh: '档案中没有手机号码，请在纸上签署。', en: 'There is no telephone number on file: sign on paper.' },
    });
  await takeTry(db, ctx, bucketOf(ctx, 'codes-number', person.phone), CODES_PER_NUMBER, machine);
  await audit(db, ctx, actor, 'consent.code-sent', caseId, person.id, {}, now);
  return makeCode(db, ctx, { purpose: 'signature', phone: person.phone, subject: caseId }, machine);
}
export const deliverSigningCode = (ctx: Ctx, made: MadeCode): void => deliverCodes(ctx, [made], 'signature');

/**
 * Signs in the name of whoever is signed in, if it is hers to sign. A wrong code is counted, so it is given back and
 * not thrown: the transaction that counts it must stand.
 * @throws Problem not-allowed (not hers to sign), not-possible-now, stale (another version was shown)
 */
export async function signConsent(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  caseId: string,
  input: { code: string; version: number },
): Promise<Problem | null> {
  const now = await ctx.clock.now(db);
  const machine = machineNow();
  await findCaseForUpdate(db, ctx, caseId);
  const ground = await getGround(db, ctx, actor, caseId, now);
  const { as, person } = await getSigner(db, ctx, actor, ground, now);
  const { open, text } = ground;
  if (text.version !== input.version)
    throw new Problem('stale', {
      pointer: '/version',
      detail: { zh: '知情同意书有新版本，请重新阅读。', en: 'The text has a newer version: read it again.' },
    });
  const tried = await tryCode(
    db,
    ctx,
    { purpose: 'signature', phone: person.phone, subject: caseId, code: input.code },
    machine,
  );
  if (!tried.right)
    return new Problem('wrong-credentials', {
      pointer: '/code',
      detail:
        tried.attemptsLeft > 0
          ? {
              zh: `验证码不对，还可以试 ${tried.attemptsLeft} 次。`,
              en: `Wrong code; ${tried.attemptsLeft} tries left.`,
            }
          : { zh: '验证码已失效，请重新获取。', en: 'The code is void: ask for another.' },
    });
  await spendCode(db, ctx, tried.id, machine);
  const document = composeDocument({
    text,
    laboratory: ground.laboratoryName.zh,
    caseNumber: open.row.number,
    tested: await getPerson(db, ctx, open.row.personId),
    signer: { name: person.name, as, phoneEnd: person.phone.slice(-4) },
    at: now,
  });
  const signed = await ctx.signing!.sign({ document, signer: person.name, at: now });
  const id = uuidv7();
  await insertSignature(db, ctx, {
    id,
    caseId,
    personId: open.row.personId,
    laboratory: ground.laboratory,
    textVersion: text.version,
    signer: as,
    signedAt: now,
    signedBy: actor.accountId!,
    name: person.name,
    document,
    ...signed,
  });
  await audit(db, ctx, actor, 'consent.signed', caseId, open.row.personId, { version: text.version, signer: as }, now);
  await sendSystemEvent(db, ctx, caseId, 'consentSigned', now, { by: as });
  return null;
}

/** What anybody needs to verify it without us. @throws Problem not-found where nothing was signed on screen */
export async function getEvidence(db: Db, ctx: Ctx, actor: Actor, caseId: string) {
  const now = await ctx.clock.now(db);
  const { laboratory, open } = await getGround(db, ctx, actor, caseId, now);
  const found = await findSignature(db, ctx, caseId, laboratory);
  if (!found) throw new Problem('not-found');
  await audit(db, ctx, actor, 'consent.evidence-read', caseId, open.row.personId, {}, now);
  return {
    document: found.document.toString('base64'),
    signature: found.cms.toString('base64'),
    authority: found.authority,
    signedAt: formatInstant(found.signedAt),
  };
}

async function getGround(db: Db, ctx: Ctx, actor: Actor, caseId: string, now: Date): Promise<Ground> {
  const { row } = await getVisibleCase(db, ctx, actor, caseId, now);
  const open = await openCaseForEvent(db, ctx, row);
  const laboratory = open.memory.chart.laboratory as string | null | undefined;
  const { plan } = open.running;
  const text = laboratory && findInformedConsent(plan, row.service, laboratory);
  if (!laboratory || !text) throw new Problem('not-found');
  const laboratoryName = plan.providers.find(({ code }) => code === laboratory)!.name;
  return { open, text, laboratory, laboratoryName };
}

/** The tested person herself where she is an adult of full capacity; else whoever acts for her. A delegate never signs. */
async function findSigner(db: Db, ctx: Ctx, actor: Actor, open: OpenCase, now: Date): Promise<Signer> {
  if (actor.role !== 'member' || actor.personId === null) return null;
  const herself = actor.personId === open.row.personId;
  if (herself !== (await isCapableAdult(db, ctx, open.row.personId, now))) return null;
  return { as: herself ? 'tested-person' : 'guardian', person: await getPerson(db, ctx, actor.personId) };
}

async function getSigner(db: Db, ctx: Ctx, actor: Actor, { open }: Ground, now: Date): Promise<NonNullable<Signer>> {
  const signer = await findSigner(db, ctx, actor, open, now);
  if (!signer)
    throw new Problem('not-allowed', {
      detail: {
        zh: '知情同意书只能由受检者本人签署；未成年人或无民事行为能力人由监护人签署。受托人不能代签。',
        en: 'Only the tested person signs it herself, or the guardian of a minor or of one without capacity; a delegate cannot.',
      },
    });
  if (ctx.signing === null)
    throw new Problem('not-possible-now', {
      detail: {
        zh: '目前只能签署纸质知情同意书：请签好原件交给病案经理，由两位工作人员核对。',
        en: 'It is signed on paper for now: give the original to the case manager; two people check it.',
      },
    });
  if (open.row.state !== WAITS || open.row.suspended)
    throw new Problem('not-possible-now', {
      detail: { zh: '现在没有等待签署的知情同意书。', en: 'No informed consent waits to be signed now.' },
    });
  return signer;
}

const audit = (
  db: Db,
  ctx: Ctx,
  actor: Actor,
  action: string,
  caseId: string,
  personId: string,
  details: Record<string, string | number>,
  now: Date,
) => recordAudit(db, ctx, { actor, action, subject: `case:${caseId}`, caseId, personId, details, now });
