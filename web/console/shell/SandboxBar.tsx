import { useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { get, post } from '../../shared/api.ts';
import { hearNow, serverNow } from '../../shared/now.ts';
import type { SandboxClock } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { full } from '../../shared/words.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';
import { urls } from '../urls.ts';
import { nextNine } from './next-nine.ts';

/** The sandbox says on every screen that it is one, and lets anyone move its time forward or lay it out anew. */
export function SandboxBar() {
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const clock = useQuery({
    queryKey: ['sandbox', 'clock'],
    queryFn: async () => {
      const answer = await get<SandboxClock>('/api/sandbox/clock');
      hearNow(answer.now);
      return answer;
    },
  });
  const [now, setNow] = useState(serverNow);
  // The clock on the wall goes on between two answers of the server, and jumps with each.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new answer is the reason to look at the time again
  useEffect(() => {
    setNow(serverNow());
    const tick = setInterval(() => setNow(serverNow()), 10_000);
    return () => clearInterval(tick);
  }, [clock.data]);
  const move = useAction(
    (to: { advance: string } | { now: string }, key) => post<SandboxClock>('/api/sandbox/clock', to, key),
    {
      refresh: [[]],
      onDone: (moved) => {
        hearNow(moved.now);
        setNow(serverNow());
        void message.success(m.console_sandbox_moved({ now: full(moved.now) }));
      },
    },
  );
  const reset = useAction((_: null, key) => post<void>('/api/sandbox/reset', {}, key), {
    onDone: () => {
      client.clear();
      location.reload();
    },
  });
  const steps = [
    { label: m.console_sandbox_hour(), to: { advance: 'PT1H' } },
    { label: m.console_sandbox_four_hours(), to: { advance: 'PT4H' } },
    { label: m.console_sandbox_nine(), to: () => ({ now: nextNine(serverNow()) }) },
    { label: m.console_sandbox_day(), to: { advance: 'P1D' } },
  ];
  const failed = move.error ?? reset.error;
  return (
    <section className="sandbox-bar" aria-label={m.sandbox()}>
      <b>{m.sandbox()}</b>
      <span>{m.console_sandbox_what()}</span>
      <span className="grow" />
      {failed ? <span role="alert">{problemText(failed)}</span> : null}
      <time dateTime={now.toISOString()}>{clock.isPending ? '…' : full(now)}</time>
      {steps.map(({ label, to }) => (
        <Button
          key={label}
          size="small"
          disabled={move.running}
          onClick={() => move.start(typeof to === 'function' ? to() : to)}
        >
          {label}
        </Button>
      ))}
      <Link to={urls.sandboxMessages()}>{m.console_sandbox_messages()}</Link>
      <Button
        size="small"
        type="link"
        loading={reset.running}
        onClick={() =>
          modal.confirm({
            title: m.console_sandbox_reset_title(),
            content: m.console_sandbox_reset_what(),
            okText: m.console_sandbox_reset(),
            cancelText: m.cancel(),
            okButtonProps: { danger: true },
            onOk: () => reset.start(null),
          })
        }
      >
        {m.console_sandbox_reset()}
      </Button>
    </section>
  );
}
