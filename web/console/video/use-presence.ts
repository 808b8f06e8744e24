import { useEffect } from 'react';
import { post } from '../../shared/api.ts';
import type { DoctorDesk } from '../../shared/types.ts';

/** Says that the doctor sits at her desk, as often as the server wants to hear it, while she is on duty or in a call. */
export function usePresence(desk: DoctorDesk | undefined): void {
  const here = desk !== undefined && (desk.onDuty || desk.call !== null);
  const every = desk?.heartbeat;
  useEffect(() => {
    if (!here || !every) return;
    const beat = () => void post('/api/video/presence').catch(() => undefined);
    beat();
    const timer = setInterval(beat, every * 1000);
    return () => clearInterval(timer);
  }, [here, every]);
}
