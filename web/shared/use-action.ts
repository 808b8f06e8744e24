import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { newKey, Unreachable } from './api.ts';

/**
 * One action of the user that changes something. While it runs, further taps do nothing; when its outcome is unknown
 * (no network), the next try of the same input carries the same Idempotency-Key, so that it cannot happen twice.
 * `run` gets the input and the key. `refresh` names the queries that are read anew afterwards.
 */
export function useAction<Input, Output>(
  run: (input: Input, key: string) => Promise<Output>,
  options: { refresh?: QueryKey[]; onDone?: (output: Output, input: Input) => void } = {},
) {
  const client = useQueryClient();
  const pending = useRef(false);
  const open = useRef<{ input: string; key: string } | null>(null);
  const mutation = useMutation<Output, Error, Input>({
    mutationFn: async (input) => {
      const text = JSON.stringify(input) ?? '';
      if (open.current?.input !== text) open.current = { input: text, key: newKey() };
      try {
        const output = await run(input, open.current.key);
        open.current = null;
        return output;
      } catch (error) {
        if (!(error instanceof Unreachable)) open.current = null;
        throw error;
      }
    },
    onSuccess: async (output, input) => {
      options.onDone?.(output, input);
      await Promise.all((options.refresh ?? []).map((queryKey) => client.invalidateQueries({ queryKey })));
    },
    onSettled: () => {
      pending.current = false;
    },
  });
  const start = useCallback(
    (input: Input) => {
      if (pending.current) return;
      pending.current = true;
      mutation.mutate(input);
    },
    [mutation.mutate],
  );
  return {
    start,
    running: mutation.isPending,
    error: mutation.error,
    done: mutation.isSuccess,
    output: mutation.data,
    reset: mutation.reset,
  };
}
