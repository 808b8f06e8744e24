import { compile } from '@inlang/paraglide-js';
import { PARAGLIDE } from './paraglide-options.ts';

// The type check and the tests read the compiled messages without a Vite build: `node web/shared/compile-messages.ts`.
await compile(PARAGLIDE);
