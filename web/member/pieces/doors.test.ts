import { expect, test } from 'vitest';
import type { BenefitCard } from '../../shared/types.ts';
import { byDoor } from './doors.ts';

const door = (code: string, place: number, item: string | null = null) => ({
  code,
  name: code,
  place,
  inside: null,
  entry: item,
  item,
});
const card = (service: string, ...doors: BenefitCard['doors']) => ({ service, doors }) as BenefitCard;

test('[2.7.3] a service behind two doors stands behind both, each with its own entries, in the order of the doors', () => {
  const groups = byDoor([
    card('assist', door('xiamen', 2, 'outpatient'), door('claims', 3, 'claim'), door('xiamen', 2, 'expert')),
    card('nowhere'),
    card('video', door('personal', 0)),
  ]);
  expect(
    groups.map(({ code, placed }) => [code, placed.map((one) => [one.card.service, one.entries.map((e) => e.item)])]),
  ).toEqual([
    ['personal', [['video', [null]]]],
    ['xiamen', [['assist', ['outpatient', 'expert']]]],
    ['claims', [['assist', ['claim']]]],
    ['', [['nowhere', []]]],
  ]);
});
