import { useEffect, useState } from 'react';
import { serverNow } from './now.ts';

/** The server's time, anew each second while `on`. */
export function useTick(on = true): Date {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    if (!on) return;
    setNow(serverNow());
    const timer = setInterval(() => setNow(serverNow()), 1000);
    return () => clearInterval(timer);
  }, [on]);
  return now;
}

/** How long from one moment to another, as a watch shows it: 2:05, never below 0:00. */
export function watch(from: string | Date, to: string | Date): string {
  const seconds = Math.max(0, Math.floor((new Date(to).getTime() - new Date(from).getTime()) / 1000));
  const minutes = Math.floor(seconds / 60);
  const two = (n: number) => String(n).padStart(2, '0');
  return minutes < 60
    ? `${minutes}:${two(seconds % 60)}`
    : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
