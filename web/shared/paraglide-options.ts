import type { CompilerOptions } from '@inlang/paraglide-js';

/** How the message files become typed functions; one value for the Vite plugin and for `compile-messages.ts`. */
export const PARAGLIDE: CompilerOptions = {
  project: './project.inlang',
  outdir: './web/shared/paraglide',
  // The reader's choice is kept on the device and told to the server as Accept-Language by the api client.
  strategy: ['localStorage', 'baseLocale'],
  localStorageKey: 'yilu.locale',
  // One module a message, so that a page carries only the words that it shows.
  outputStructure: 'message-modules',
  // Written over in place: a type check or a build that runs beside this one never finds the folder empty.
  cleanOutdir: false,
};
