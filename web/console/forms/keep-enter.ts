import type { KeyboardEvent } from 'react';

/** Enter in a calendar takes the day that was typed; it must not send the form around it, half filled in. */
export function keepEnter(event: KeyboardEvent<HTMLElement>): void {
  if (event.key === 'Enter') event.preventDefault();
}
