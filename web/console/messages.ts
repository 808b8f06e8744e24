/** The console's words: web/messages/console (keys `console_*`) and web/messages/shared, compiled to typed functions. */
export { m } from '../shared/paraglide/messages.js';
