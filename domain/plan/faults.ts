import type { Text } from './schema.ts';

/** Something wrong with a plan file; line and column count from 1, `path` names the value, `message` says what to do. */
export type Fault = { file: string; line: number; column: number; path: string; message: Text };
