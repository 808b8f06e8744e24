/**
 * What the search found in a list, handed to the list's page. It is health data, so it passes through this module alone:
 * no address, no history, no storage; a reload forgets it.
 */
let sought = '';

export function seekInList(name: string): void {
  sought = name;
}

export const readSought = (): string => sought;
