import type { BenefitCard } from '../../shared/types.ts';

/** What stands behind a door: a card, and which of its entries are behind this one. */
export interface Placed {
  card: BenefitCard;
  entries: BenefitCard['doors'];
}
export interface DoorGroup {
  code: string;
  /** Null: the plan lists no doors, or this service stands behind none of them. */
  name: string | null;
  inside: string | null;
  placed: Placed[];
}

/** The cards behind the doors of the portal, in the plan's order; what stands behind none comes last. */
export function byDoor(cards: BenefitCard[]): DoorGroup[] {
  const groups = new Map<string, DoorGroup & { place: number }>();
  for (const card of cards) {
    for (const door of card.doors.length > 0 ? card.doors : [null]) {
      const code = door?.code ?? '';
      const group = groups.get(code) ?? {
        code,
        name: door?.name ?? null,
        inside: door?.inside ?? null,
        place: door?.place ?? Number.MAX_SAFE_INTEGER,
        placed: [],
      };
      groups.set(code, group);
      const same = group.placed.find((one) => one.card === card);
      if (same) same.entries.push(door!);
      else group.placed.push({ card, entries: door ? [door] : [] });
    }
  }
  return [...groups.values()].sort((a, b) => a.place - b.place).map(({ place: _, ...group }) => group);
}
