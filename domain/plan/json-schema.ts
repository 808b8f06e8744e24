import { z } from 'zod';
import { Plan } from './schema.ts';

/** The JSON Schema (2020-12) of a plan file, for editors and for `yilu plan schema`. */
export function planJsonSchema(): Record<string, unknown> {
  return { title: 'A plan of Yilu', ...z.toJSONSchema(Plan, { io: 'input' }) };
}
