import { useEffect, useRef } from 'react';

/** Whether nothing has the focus: what had it is gone, and who hears the page or uses keys would start anew at its top. */
const nobodyHasIt = () => document.activeElement === null || document.activeElement === document.body;

/** Takes the focus when the screen comes and what led to it is gone; the first screen of a visit is left alone. */
export function useHeadingFocus() {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (seen && nobodyHasIt()) heading.current?.focus({ preventScroll: true });
    seen = true;
  }, []);
  return heading;
}
let seen = false;

/** Moves to what is read or filled in first when the step changed; not when it is drawn for the first time. */
export function useFocusOn<T extends HTMLElement>(step: unknown) {
  const first = useRef<T>(null);
  const last = useRef(step);
  useEffect(() => {
    if (last.current === step) return;
    last.current = step;
    const target = first.current?.querySelector<HTMLElement>('input') ?? first.current;
    target?.focus({ preventScroll: true });
  }, [step]);
  return first;
}

/** Shows the first thing that is missing or wrong, and puts the reader into its field. */
export function goToFault(): void {
  requestAnimationFrame(() => {
    const fault = document.querySelector<HTMLElement>('main [role=alert]');
    fault?.scrollIntoView({ block: 'center' });
    const field = fault?.parentElement?.querySelector<HTMLElement>('input, select, textarea, button, a[href]');
    field?.focus({ preventScroll: true });
  });
}
