import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { connectLive } from '../../shared/live.ts';

/** Keeps what is on the screen as new as the server, while somebody is signed in. */
export function useLiveUpdates(): void {
  const client = useQueryClient();
  useEffect(() => connectLive(client), [client]);
}
