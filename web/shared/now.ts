/**
 * The server's time. The sandbox's clock can be moved, so no page asks the device what time it is:
 * it asks how far the device was from the server when the server last said.
 */
let ahead = 0;

/** Takes the server's moment (ISO 8601) as heard now. */
export function hearNow(moment: string): void {
  ahead = new Date(moment).getTime() - Date.now();
}

/** The server's time at this instant. */
export function serverNow(): Date {
  return new Date(Date.now() + ahead);
}
