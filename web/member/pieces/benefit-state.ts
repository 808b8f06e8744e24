import { m } from '../../shared/paraglide/messages.js';
import type { BenefitCard } from '../../shared/types.ts';
import { day } from '../../shared/words.ts';
import type { Tone } from '../ui/Chip.tsx';

const TONES: Record<BenefitCard['state'], Tone> = {
  usable: 'done',
  later: 'soon',
  'open-case': 'brand',
  used: 'quiet',
  'not-usable': 'quiet',
  'hotline-only': 'phone',
};

/** The state in words; a day to come is told as a day. */
export const stateWord = (card: BenefitCard) =>
  card.state === 'later' && card.usableFrom ? m.usable_from({ day: day(card.usableFrom, false) }) : card.stateLabel;

export const toneOf = (card: BenefitCard): Tone => TONES[card.state];

/** Where a card's own page is. */
export const detailPath = (card: BenefitCard) => `/m/services/${card.policyId}/${card.person.id}/${card.service}`;
/** Where it is asked for; with an item that form stands open. */
export const applyPath = (card: BenefitCard, item: string | null = null) =>
  `/m/apply/${card.policyId}/${card.person.id}/${card.service}${item === null ? '' : `?item=${item}`}`;

/** Where a call-back is asked for or a complaint is filed, about this service. */
export const helpPath = (place: { service: string; policyId: string; personId: string }) =>
  `/m/help?${new URLSearchParams(place)}`;

/** The page of a service that is asked for and held by video. */
export const videoPath = (card: BenefitCard) => `/m/video/${card.policyId}/${card.person.id}/${card.service}`;

/** May the person apply for it here and now? Without it: by telephone, later, or not. */
export const canApply = (card: BenefitCard) => card.usable && card.online && card.channels.includes('portal');

/** Is there something to do on the page of a service that is opened before it is used: to open, to ask, to go back in? */
export const hasVideo = (card: BenefitCard) =>
  card.act !== null && card.online && !card.limitedView && (card.usable || card.openCaseId !== null);

/** A promise in words: what is promised, and its term where the label does not say it. */
export const promiseWords = ({ label, text }: { label: string; text: string }) =>
  label.includes(text) ? label : text.includes(label) ? text : m.promise_words({ label, text });

const RANK: Record<BenefitCard['state'], number> = {
  'open-case': 0,
  usable: 1,
  later: 2,
  'hotline-only': 3,
  used: 4,
  'not-usable': 5,
};

/** What is under way and what can be used first; otherwise the plan's order. */
export const inReach = (cards: BenefitCard[]) => [...cards].sort((a, b) => RANK[a.state] - RANK[b.state]);
