import { useQuery } from '@tanstack/react-query';
import { get } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { DoctorDesk, Roster, VideoBoard, VideoHistory } from '../../shared/types.ts';

/** Told by live events at once; asked for again as well, since a lost event must not cost a member her minutes (milliseconds). */
const PACE = 5000;

export const useDoctorDesk = () =>
  useQuery({
    queryKey: keys.videoDesk,
    queryFn: ({ signal }) => get<DoctorDesk>('/api/video/desk', {}, signal),
    refetchInterval: PACE,
  });

export const useVideoBoard = () =>
  useQuery({
    queryKey: keys.videoBoard,
    queryFn: ({ signal }) => get<VideoBoard>('/api/video/board', {}, signal),
    refetchInterval: PACE,
  });

export const useRoster = (from: string, to: string) =>
  useQuery({
    queryKey: [...keys.videoRoster, from, to],
    queryFn: ({ signal }) => get<Roster>('/api/video/roster', { from, to }, signal),
  });

/** Reading it is noted in the record of who saw what, so it is read only where somebody asks for it. */
export const useVideoHistory = (caseId: string, enabled: boolean) =>
  useQuery({
    queryKey: keys.videoHistory(caseId),
    queryFn: ({ signal }) => get<VideoHistory>(`/api/video/cases/${caseId}/history`, {}, signal),
    staleTime: Infinity,
    enabled,
  });
