/** The opinion as a screen shows it, and whose consent a case still waits for. */
import type { CaseView } from '#contract/cases.ts';
import { formatInstant } from '#domain/calendar/day.ts';
import { fieldsOf } from '#domain/journeys/fields.ts';
import type { Facts } from '#domain/journeys/journey.ts';
import type { OpenCase } from '#server/cases/move-case.ts';
import type { Seen } from '#server/cases/seen.ts';
import { isIntact } from './sign.ts';

/** States in which the person books for herself: who serves her is to be told of it with the booking. */
const BOOKS_ITSELF: readonly string[] = ['choosing', 'held'];

/** Whoever has the case, or is to get it, and may not see it yet. */
export function consentAsked({ row, memory, journey }: OpenCase, { consented }: Facts): CaseView['consentAsked'] {
  if (row.final || row.state === 'awaiting-own-consent') return null;
  const { provider } = memory.chart as { provider?: string | null };
  if (journey.served === 'from-request' && provider && !consented.includes(provider)) return 'provider';
  if (BOOKS_ITSELF.includes(row.state) && provider && !consented.includes(provider)) return 'provider';
  const experts = row.expert === null ? row.panel : [row.expert];
  if (experts.some((key) => !consented.includes(key))) return 'expert';
  if (journey.served === 'from-request' && row.pharmacy !== null && !consented.includes(row.pharmacy))
    return 'pharmacy';
  return row.state === 'awaiting-provider-consent' && memory.chart.provider !== null ? 'provider' : null;
}

export async function opinionOf(
  { journey, memory }: OpenCase,
  { opinion, papers }: Seen,
  lang: 'zh' | 'en',
): Promise<CaseView['opinion']> {
  const def = journey.events.issueOpinion;
  if (!opinion?.at || !def) return null;
  const file = papers.find(({ paper }) => paper.id === memory.report?.paperId);
  return {
    by: opinion.by,
    at: formatInstant(new Date(opinion.at)),
    sections: fieldsOf(def.schema).map(({ name, title }) => ({
      title: title[lang],
      text: String(opinion[name as keyof typeof opinion] ?? ''),
    })),
    explained: opinion.explained ?? null,
    asked: opinion.asked ?? null,
    answered: opinion.answered ?? null,
    reportUrl: file ? `/api/papers/${file.paper.id}/original` : null,
    sha256: file ? (memory.report?.signature.sha256 ?? null) : null,
    intact: file && memory.report ? await isIntact(file.paper.sha256.toString('hex'), memory.report.signature) : null,
  };
}
