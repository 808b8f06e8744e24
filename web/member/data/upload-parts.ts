import { post, sendBytes, Unreachable } from '../../shared/api.ts';
import type { PaperView, UploadView } from '../../shared/types.ts';

/** As the server cuts (contract/uploads.ts); a plain number, so that the page takes no schema with it. */
const PART_BYTES = 512 * 1024;
/** Tries of one part before the reader is told; each repeats nothing that arrived. */
const WAITS = [1000, 3000];

export type PartsProgress = {
  /** 0…1 of the file. */
  part: number;
  /** Some of it was here already. */
  resumed: boolean;
};

/**
 * Sends a file in parts and returns the paper it became. What broke off goes on where it was: on this call, on the next,
 * and after the tab was closed, with the same file chosen again. `of`: whose (`personId`, or `caseId` of a case) and what.
 * Throws Unreachable when the connection stays away.
 */
export async function uploadInParts(
  file: File,
  of: { personId?: string; caseId?: string; kind: string },
  told: (progress: PartsProgress) => void,
): Promise<PaperView> {
  const digests: Uint8Array[] = [];
  const cut = (n: number) => file.slice(n * PART_BYTES, (n + 1) * PART_BYTES);
  const digestOf = async (bytes: BufferSource) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  for (let n = 0; n * PART_BYTES < file.size; n += 1) digests.push(await digestOf(await cut(n).arrayBuffer()));
  const all = new Uint8Array(digests.flatMap((digest) => [...digest]));
  const { id, parts, done } = await post<UploadView>('/api/uploads', {
    ...of,
    fileName: file.name.slice(-255),
    mediaType: file.type,
    bytes: file.size,
    digest: hex(await digestOf(all)),
  });
  const there = new Set(parts);
  const resumed = there.size > 0;
  let sent = [...there].reduce((sum, n) => sum + cut(n).size, 0);
  told({ part: done ? 1 : sent / file.size, resumed });
  for (const [n, digest] of done ? [] : digests.entries()) {
    if (there.has(n)) continue;
    const bytes = cut(n);
    await again(() =>
      sendBytes(`/api/uploads/${id}/parts/${n}`, bytes, digest, (part) =>
        told({ part: Math.min(1, (sent + part * bytes.size) / file.size), resumed }),
      ),
    );
    sent += bytes.size;
  }
  told({ part: 1, resumed });
  return await again(() => post<PaperView>(`/api/uploads/${id}/finish`, of.caseId ? { caseId: of.caseId } : {}));
}

/** Parts and the end of an upload change nothing when they come twice, so that they are the one thing sent again unasked. */
async function again<T>(attempt: () => Promise<T>): Promise<T> {
  for (const wait of WAITS) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return attempt();
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
