/** Hospital, expert and escort of the slot a message speaks of. */
import { findPayloadWith, type Known } from './known.ts';

export type ToldOffer = Partial<
  Record<'hospital' | 'department' | 'expert' | 'visitAt' | 'answerBy' | 'escort' | 'meetingPlace', string>
>;
type Escort = { name: string; phone: string; meetingPlace: string; hours: string };
type Offer = {
  hospital: string;
  department: string;
  expert: string;
  visitAt: string;
  answerBy: string;
  escort: Escort | null;
};
type Path = { hospital: string; department: string; expert: string };

/**
 * The slot on offer or booked; when it was given back, the one last offered; before any, the care path; before that, what
 * the member wished. Empty where the service knows none of them.
 */
export async function findOffer(known: Known): Promise<ToldOffer> {
  const chart = known.of?.memory.chart ?? {};
  const offer = chart.offer as Offer | null | undefined;
  if (offer) return told(offer);
  if (typeof chart.appointmentAt === 'string')
    return { visitAt: chart.appointmentAt, answerBy: String(chart.answerBy ?? '') };
  const payload = await findPayloadWith(known, 'visitAt');
  if (payload) return toldAgain(payload);
  const path = chart.carePath as Path | null | undefined;
  if (path) return { hospital: path.hospital, department: path.department, expert: path.expert };
  const wish = known.of?.memory.request.wish;
  return wish ? { hospital: wish.hospital, department: wish.department } : {};
}

function told({ hospital, department, expert, visitAt, answerBy, escort }: Offer): ToldOffer {
  const base = { hospital, department, expert, visitAt, answerBy };
  return escort ? { ...base, escort: `${escort.name} ${escort.phone}`, meetingPlace: escort.meetingPlace } : base;
}

/** From the event's payload: names of the list rows lie sealed beside it. */
function toldAgain(payload: Readonly<Record<string, unknown>>): ToldOffer {
  const refs = (payload['#refs'] ?? {}) as Record<string, { name?: string } | null>;
  const text = (field: string) => (typeof payload[field] === 'string' ? { [field]: payload[field] } : {});
  return {
    ...(refs.hospital?.name ? { hospital: refs.hospital.name } : {}),
    ...(refs.expert?.name ? { expert: refs.expert.name } : {}),
    ...text('department'),
    ...text('visitAt'),
    ...text('answerBy'),
    ...text('meetingPlace'),
    ...(typeof payload.escortName === 'string'
      ? { escort: `${payload.escortName} ${String(payload.escortPhone ?? '')}`.trim() }
      : {}),
  };
}
