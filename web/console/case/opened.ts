import type { Values } from '../../shared/form/values.ts';
import type { AllowedEvent } from '../../shared/types.ts';

/**
 * The one event whose form is open: the event as it was allowed then (it may be gone by now, but what was typed is not
 * thrown away), the version it was opened at, and what the screen already knows of its answers.
 */
export type Opened = { event: AllowedEvent; version: number; start: Values };
