/** A charity's programme as a case uses it: one version of a row of the list [2.6.2.7.2]. */
import { normaliseWord } from '../lists/column.ts';

/** Packs that are bought first, and packs that are free after them. */
export type Phase = { readonly bought: number; readonly free: number };
export type Programme = {
  readonly rowId: string;
  readonly listVersion: number;
  readonly code: string;
  readonly name: string;
  readonly charity: string;
  /** Which drug it gives: generic name and brand, see `drugOf`. */
  readonly drug: string;
  readonly phases: readonly Phase[];
  /** Rounds of aid in all; null: without limit. */
  readonly rounds: number | null;
  readonly perCollection: number;
  readonly daysPerBox: number;
  readonly applyWithinDays: number;
  readonly collectWithinDays: number;
  /** Kinds of paper that it asks for: personal, medical, economic. */
  readonly papers: readonly string[];
  /** Names of the pharmacies that hand it out; empty: every listed one. */
  readonly pharmacies: readonly string[];
};

type Row = Readonly<Record<string, unknown>>;
const words = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** From a row of the list of programmes as the shell loads it. */
export function programmeOf(row: Row): Programme {
  return {
    rowId: String(row.id),
    listVersion: Number(row.listVersion ?? 0),
    code: String(row.code),
    name: String(row.name),
    charity: String(row.charity),
    drug: drugOf(row.generic, row.drug),
    phases: words(row.phases).map((text) => {
      const [bought, free] = text.split('+').map(Number);
      return { bought: bought ?? 0, free: free ?? 0 };
    }),
    rounds: typeof row.rounds === 'number' ? row.rounds : null,
    perCollection: Number(row.perCollection),
    daysPerBox: Number(row.daysPerBox),
    applyWithinDays: Number(row.applyWithinDays),
    collectWithinDays: Number(row.collectWithinDays),
    papers: [...new Set([...words(row.personalPapers), ...words(row.medicalPapers), ...words(row.economicPapers)])],
    pharmacies: words(row.pharmacies),
  };
}

/** What makes two rows the same drug for a charity, however the name was typed: packs of another size are no other drug. */
export const drugOf = (generic: unknown, brand: unknown): string =>
  [generic, brand].map((word) => normaliseWord(String(word ?? '')).replaceAll('|', '/')).join('|');

/** The same, from the key of a row of the list of drugs. */
export const drugOfKey = (drugKey: string): string => drugKey.split('|').slice(0, 2).join('|');

/** The phase of a round, counted from 1; the last phase repeats. */
export const phaseOf = ({ phases }: Programme, round: number): Phase =>
  phases[Math.min(round, phases.length) - 1] ?? { bought: 0, free: 0 };
