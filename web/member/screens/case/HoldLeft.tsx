import { useEffect, useState } from 'react';
import { serverNow } from '../../../shared/now.ts';
import { m } from '../../../shared/paraglide/messages.js';

const TICK_MS = 10_000;

/** How many minutes a slot is still held; said again every minute and not each second, for those who hear the page. */
export function HoldLeft({ until }: { until: string }) {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const minutes = Math.ceil((Date.parse(until) - now.getTime()) / 60_000);
  return (
    <p role="timer" className="mt-1 font-semibold text-soon">
      {minutes > 0 ? m.hold_left({ n: minutes }) : m.hold_over()}
    </p>
  );
}
