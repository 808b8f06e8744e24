/** Keeps the screen awake while a call lasts, where the browser can; returns what ends it. */
export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let over = false;
  const ask = async () => {
    if (over || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    const mine = await navigator.wakeLock.request('screen').catch(() => undefined);
    if (over) void mine?.release();
    else lock = mine;
  };
  // The system takes the lock away whenever the page is hidden.
  const visible = () => void ask();
  document.addEventListener('visibilitychange', visible);
  void ask();
  return () => {
    over = true;
    document.removeEventListener('visibilitychange', visible);
    void lock?.release();
  };
}
