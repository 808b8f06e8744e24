import { describe, expect, test } from 'vitest';
import { drugOf, drugOfKey, type Programme, programmeOf } from './programme.ts';
import { boxLines, type Move, nextEvent, phaseOn, remindDays, standingOf } from './standing.ts';

const row = {
  id: 'row-1',
  listVersion: 3,
  code: 'sample',
  name: '示例援助项目',
  charity: '示例慈善基金会',
  drug: '示例乐',
  generic: '示例替尼片',
  phases: ['2+2', '1+3'],
  rounds: 3,
  perCollection: 1,
  daysPerBox: 30,
  applyWithinDays: 30,
  collectWithinDays: 14,
  personalPapers: ['identity'],
  medicalPapers: ['diagnosis', 'prescription'],
  economicPapers: ['economic'],
  pharmacies: ['示例药房一店'],
};
const programme = programmeOf(row);
const bought = (on: string, units = 1): Move => ({ kind: 'bought', on, units, payer: 'insurer' });
const approved = (on: string, units = 2): Move => ({ kind: 'approved', on, units, from: on });
const collected = (on: string): Move => ({ kind: 'collected', on, units: 1 });
const givenUp = (on: string): Move => ({ kind: 'given-up', on, units: 1 });

const FIRST = [bought('2026-01-01'), bought('2026-01-31')];
const APPROVED = [...FIRST, approved('2026-02-10')];

describe('what comes next', () => {
  const table: [sentence: string, moves: Move[], next: object][] = [
    ['[2.6.2.7.2] at first two boxes are to be bought', [], { kind: 'buy', on: null, units: 2 }],
    [
      'after one box the other, when the first is used up',
      [bought('2026-01-01')],
      { kind: 'buy', on: '2026-01-31', units: 1 },
    ],
    ['with both bought the application, within 30 days of the last', FIRST, { kind: 'apply', until: '2026-03-02' }],
    [
      '[2.6.2.7.3] approved early, the first free box waits for the end of the bought ones',
      APPROVED,
      { kind: 'collect', on: '2026-03-02', until: '2026-03-16', units: 1 },
    ],
    [
      'the second free box comes when the first is used up',
      [...APPROVED, collected('2026-03-03')],
      { kind: 'collect', on: '2026-04-02', until: '2026-04-16', units: 1 },
    ],
    [
      'with the last free box the next round begins, with fewer to buy',
      [...APPROVED, collected('2026-03-03'), collected('2026-04-02')],
      { kind: 'buy', on: '2026-05-02', units: 1 },
    ],
    [
      '[2.6.5.1.3] a turn given up is over; the next turn comes when its box would have been used up',
      [...APPROVED, givenUp('2026-03-17')],
      { kind: 'collect', on: '2026-04-01', until: '2026-04-15', units: 1 },
    ],
    [
      'an approval that was recorded late costs no turn',
      [...FIRST, { kind: 'approved', on: '2026-02-10', units: 2, from: '2026-04-20' }],
      { kind: 'collect', on: '2026-04-20', until: '2026-05-04' },
    ],
    [
      '[2.6.5.1.3] in hospital is a cause: the turn begins again on the day agreed',
      [...APPROVED, { kind: 'excused', on: '2026-03-10', units: 0, from: '2026-03-25' }],
      { kind: 'collect', on: '2026-03-25', until: '2026-04-08', units: 1 },
    ],
    [
      'a box recorded by mistake is struck and to be bought again',
      [...FIRST, { kind: 'struck', on: '2026-02-01', units: 1 }],
      { kind: 'buy', on: '2026-01-31', units: 1 },
    ],
    [
      'asked for anew after the charity refused: what was bought still counts',
      [...FIRST, { kind: 'refused', on: '2026-02-10', units: 0 }, { kind: 'resumed', on: '2026-04-01', units: 0 }],
      { kind: 'apply' },
    ],
    [
      'asked for anew with a free box open: its time begins again',
      [...APPROVED, { kind: 'resumed', on: '2026-05-01', units: 0 }],
      { kind: 'collect', on: '2026-05-01', until: '2026-05-15', units: 1 },
    ],
    [
      'boxes given back count no more: those the insurer paid, the newest first',
      [
        { kind: 'bought', on: '2026-01-01', units: 2, payer: 'insurer' },
        { kind: 'bought', on: '2026-01-05', units: 1, payer: 'member' },
        { kind: 'struck', on: '2026-02-01', units: 1, payer: 'insurer' },
      ],
      { kind: 'apply' },
    ],
    [
      'a box bought while a free one was to be had counts for no round',
      [...APPROVED, bought('2026-03-04'), collected('2026-03-05'), collected('2026-05-01')],
      { kind: 'buy', units: 1 },
    ],
  ];
  test.each(table)('%s', (_, moves, next) => {
    expect(nextEvent(programme, moves)).toMatchObject(next);
  });

  test('after the rounds of the programme nothing comes any more', () => {
    const once: Programme = { ...programme, rounds: 1 };
    const all = [...APPROVED, collected('2026-03-03'), collected('2026-04-02')];
    expect(nextEvent(once, all)).toMatchObject({ kind: 'done' });
    expect(phaseOn(once, all, '2026-05-02')).toEqual({ phase: 'none', why: 'over' });
  });

  test('a programme that gives without buying begins with the application', () => {
    const free: Programme = { ...programme, phases: [{ bought: 0, free: 2 }], perCollection: 2 };
    expect(nextEvent(free, [])).toEqual({ kind: 'apply', on: null, until: null, units: 0 });
    expect(nextEvent(free, [approved('2026-02-10')])).toMatchObject({ kind: 'collect', on: '2026-02-10', units: 2 });
  });
});

describe('a box bought on a day', () => {
  const table: [sentence: string, moves: Move[], day: string, expected: object][] = [
    ['is one to buy before the charity has approved', FIRST, '2026-02-05', { phase: 'buy', why: 'to-buy' }],
    ['[2.6.5.1.3] should have been free once it has', APPROVED, '2026-03-05', { phase: 'free', why: 'to-collect' }],
    ['was one to buy on the day before the approval', APPROVED, '2026-02-09', { phase: 'buy', why: 'to-buy' }],
    [
      '[2.6.5.1.3] is her own cost in the turn that was given up',
      [...APPROVED, givenUp('2026-03-17'), collected('2026-04-01')],
      '2026-03-20',
      { phase: 'free', why: 'given-up' },
    ],
    [
      '[2.6.5.1.3] is one to buy while a cause was accepted',
      [...APPROVED, { kind: 'excused', on: '2026-03-12', units: 0, from: '2026-03-25' }],
      '2026-03-10',
      { phase: 'buy', why: 'excused' },
    ],
    [
      '[2.6.5.1.4] follows the contract again once the charity has refused',
      [...FIRST, { kind: 'refused', on: '2026-02-10', units: 0 }],
      '2026-02-12',
      { phase: 'none', why: 'refused' },
    ],
    [
      'is free of the programme once the aid has ended',
      [...APPROVED, { kind: 'ended', on: '2026-03-05', units: 0 }],
      '2026-03-06',
      { phase: 'none', why: 'ended' },
    ],
    [
      'is one to buy in the next round',
      [...APPROVED, collected('2026-03-03'), collected('2026-04-02')],
      '2026-05-02',
      { phase: 'buy', why: 'to-buy' },
    ],
  ];
  test.each(table)('%s', (_, moves, day, expected) => {
    expect(phaseOn(programme, moves, day)).toEqual(expected);
  });
});

test('[2.6.2.7.3] the ledger says of each box which round it is of and who paid', () => {
  const moves = [
    bought('2026-01-01'),
    { kind: 'bought', on: '2026-01-31', units: 1, payer: 'member' } as const,
    approved('2026-02-10'),
    collected('2026-03-03'),
    givenUp('2026-04-17'),
    bought('2026-05-05'),
  ];
  expect(boxLines(programme, moves).map(({ number, round, kind, payer }) => [number, round, kind, payer])).toEqual([
    [1, 1, 'bought', 'insurer'],
    [2, 1, 'bought', 'member'],
    [3, 1, 'free', 'charity'],
    [4, 1, 'given-up', null],
    [5, 2, 'bought', 'insurer'],
  ]);
  expect(standingOf(programme, moves)).toMatchObject({ round: 2, bought: 1, left: null });
});

test('[2.6.2.7.3] reminds 14, 7, 3 and 1 days before a box can be collected, and before the last day for it', () => {
  const next = nextEvent(programme, APPROVED);
  expect(remindDays(next, [14, 7, 3, 1])).toEqual([
    '2026-02-16',
    '2026-02-23',
    '2026-02-27',
    '2026-03-01',
    '2026-03-09',
    '2026-03-13',
    '2026-03-15',
  ]);
});

test('one drug is one drug, whatever its pack and however it was typed', () => {
  expect(drugOfKey('示例替尼片|示例乐|示例制药|80mg')).toBe(programme.drug);
  expect(drugOf(' 示例替尼片', '示例乐 ')).toBe(programme.drug);
  expect(programme.papers).toEqual(['identity', 'diagnosis', 'prescription', 'economic']);
});
