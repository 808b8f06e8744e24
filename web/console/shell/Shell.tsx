import { Button, Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { Boundary } from '../../shared/Boundary.tsx';
import type { SessionView } from '../../shared/types.ts';
import { useLiveUpdates } from '../data/live.ts';
import { m } from '../messages.ts';
import { Notice } from '../states/Notice.tsx';
import { TOOLS } from './desks.ts';
import { KeyHelp } from './KeyHelp.tsx';
import { Nav } from './Nav.tsx';
import { SandboxBar } from './SandboxBar.tsx';
import { TopBar } from './TopBar.tsx';
import { useKeys } from './use-keys.ts';
import { useTitle } from './use-title.ts';

// Only doctors carry it.
const OnDuty = lazy(() => import('../video/OnDuty.tsx'));

/** The frame that stays while the pages change: sandbox bar, navigation, search, and the place for the page. */
export function Shell({ session }: { session: SessionView }) {
  const [help, setHelp] = useState(false);
  const { pathname } = useLocation();
  useTitle(TOOLS.find((tool) => pathname.startsWith(tool.to))?.label());
  useLiveUpdates();
  useKeys({
    '?': () => setHelp(true),
    '/': () => document.querySelector<HTMLInputElement>('#console-search')?.focus(),
  });
  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        {m.console_skip()}
      </a>
      {session.mode === 'sandbox' ? <SandboxBar /> : null}
      <Nav session={session} />
      <TopBar session={session} onHelp={() => setHelp(true)} />
      <main className="main" id="main" tabIndex={-1}>
        <Suspense
          fallback={
            <div className="page" aria-hidden>
              <Skeleton active paragraph={{ rows: 8 }} />
            </div>
          }
        >
          <Boundary
            page={pathname}
            instead={(reload) => (
              <Notice
                heading
                tone="late"
                title={m.console_failed_title()}
                hint={m.console_unreachable()}
                action={<Button onClick={reload}>{m.console_retry()}</Button>}
              />
            )}
          >
            <Outlet />
          </Boundary>
        </Suspense>
      </main>
      {session.account.role === 'video-doctor' ? (
        <Suspense fallback={null}>
          <OnDuty />
        </Suspense>
      ) : null}
      <KeyHelp open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
