/** The expert's opinion as a document: set as a PDF, signed, sealed under the person's key, and a paper of her case. */
import { readFileSync } from 'node:fs';
import { dayOf } from '#domain/calendar/day.ts';
import { dayInWords } from '#domain/eligibility/words.ts';
import { fieldsOf } from '#domain/journeys/fields.ts';
import type { Opinion } from '#domain/journeys/second-opinion/context-v1.ts';
import type { EffectInput } from '#server/cases/effects.ts';
import type { OpenCase } from '#server/cases/move-case.ts';
import { RANKS } from '#server/cases/words.ts';
import { renderPdf } from '#server/documents/typst.ts';
import { attachPaper, setVerdict } from '#server/papers/case-papers.ts';
import { storageKeyOf, writeFile } from '#server/papers/files.ts';
import { inspectFile } from '#server/papers/inspect.ts';
import { insertPaper } from '#server/papers/queries.ts';
import { getPerson } from '#server/persons/queries.ts';
import type { Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { uuidv7 } from '#server/platform/ids.ts';
import { type Signature, signDocument } from './sign.ts';

export type SignedReport = { paperId: string; signature: Signature };

const TEMPLATE = readFileSync(new URL('./opinion.typ', import.meta.url), 'utf8');
const KIND = 'opinion-report';

/** After the chart has taken the opinion: the file, its signature, and its place among the case's papers. */
export async function issueReport(db: Db, ctx: Ctx, open: OpenCase, { actor, now }: EffectInput): Promise<void> {
  const { row, memory } = open;
  const bytes = await setOpinion(db, ctx, open, now);
  const found = await inspectFile('pdf', bytes);
  if ('fault' in found) throw new Error(`The report that was set does not open: ${found.fault}`);
  const signature = await signDocument(ctx, { bytes, signer: actor.name, at: now });
  const id = uuidv7();
  const file = { id, storageKey: storageKeyOf(ctx, id) };
  await writeFile(ctx, open.key, file, oneChunk(bytes));
  await insertPaper(db, ctx, {
    ...file,
    personId: row.personId,
    kind: KIND,
    type: 'pdf',
    bytes: bytes.length,
    sha256: Buffer.from(signature.sha256, 'hex'),
    pages: found.pages,
    fileName: `${row.number}.pdf`,
    receivedAt: now,
    receivedBy: actor.accountId,
  });
  await attachPaper(db, ctx, { caseId: row.id, kind: KIND, paperId: id, by: actor, now });
  await setVerdict(db, ctx, { caseId: row.id, paperId: id, verdict: 'accepted', reason: null, by: actor, now });
  memory.report = { paperId: id, signature };
}

async function setOpinion(db: Db, ctx: Ctx, open: OpenCase, now: Date): Promise<Buffer> {
  const { row, memory, running, journey } = open;
  const { plan, service } = running;
  const opinion = memory.chart.opinion as Opinion;
  const offer = memory.chart.offer as { hospital: string; department: string; rank: string; visitAt: string };
  const person = await getPerson(db, ctx, row.personId);
  const illness = memory.verified ?? memory.request.illness;
  const day = (at: Date) => dayInWords(dayOf(at), 'zh');
  const sections = fieldsOf(journey.events.issueOpinion!.schema).map(({ name, title }) => ({
    title: title.zh,
    paragraphs: String(opinion[name as keyof Opinion]).split(/\n+/),
  }));
  const data = {
    title: `${service.name.zh}意见书`,
    insurer: `${plan.insurerName.zh} ${plan.name.zh}`,
    number: row.number,
    footer: ctx.config.mode === 'sandbox' ? '演示环境，不是真实的医学意见' : '',
    facts: [
      ['姓名', person.name],
      ['出生日期', dayInWords(person.bornOn, 'zh')],
      ['诊断', plan.illnesses.find(({ code }) => code === illness?.code)?.name.zh ?? ''],
      ['确诊日期', illness?.diagnosedOn ? dayInWords(illness.diagnosedOn, 'zh') : ''],
      ['专家', `${opinion.by} ${RANKS[offer.rank]?.zh ?? ''}`],
      ['科室', `${offer.hospital} ${offer.department}`],
      ['二诊日期', day(new Date(offer.visitAt))],
      ['签发日期', day(now)],
    ],
    sections,
    signed: { by: `${opinion.by} ${RANKS[offer.rank]?.zh ?? ''}`, place: offer.hospital, at: day(now) },
    notice:
      '本意见依据所列资料写成，供会员和主治医生参考，不代替诊疗。本文件由专家签名，签名覆盖全文；任何改动都会使签名失效。',
  };
  return renderPdf(TEMPLATE, data, now);
}

async function* oneChunk(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
