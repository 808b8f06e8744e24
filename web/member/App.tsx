import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { ApiProblem, Unreachable } from '../shared/api.ts';
import { Boundary } from '../shared/Boundary.tsx';
import { connectLive } from '../shared/live.ts';
import { SessionContext, useSessionQuery } from './data/session.ts';
import { hideSharing, inWeChat } from './data/wechat.ts';
import { SandboxBar } from './pieces/SandboxBar.tsx';
import { Home } from './screens/Home.tsx';
import { KeptCardPage } from './screens/KeptCardPage.tsx';
import { StaffHint } from './screens/StaffHint.tsx';
import { Failed, Loaded } from './ui/Loaded.tsx';
import { OfflineNote } from './ui/OfflineNote.tsx';
import { ScreenSkeleton } from './ui/Skeleton.tsx';
import { SkipLink } from './ui/SkipLink.tsx';

const SignIn = lazy(() => import('./screens/SignIn.tsx'));
const BindWeChat = lazy(() => import('./screens/BindWeChat.tsx'));
const ServiceDetail = lazy(() => import('./screens/ServiceDetail.tsx'));
const Apply = lazy(() => import('./screens/apply/Apply.tsx'));
const Decision = lazy(() => import('./screens/Decision.tsx'));
const Cases = lazy(() => import('./screens/Cases.tsx'));
const Case = lazy(() => import('./screens/case/Case.tsx'));
const Call = lazy(() => import('./screens/video/Call.tsx'));
const Video = lazy(() => import('./screens/video/Video.tsx'));
const Ask = lazy(() => import('./screens/video/Ask.tsx'));
const Inbox = lazy(() => import('./screens/Inbox.tsx'));
const Mine = lazy(() => import('./screens/Mine.tsx'));
const Consents = lazy(() => import('./screens/Consents.tsx'));
const Disclosures = lazy(() => import('./screens/Disclosures.tsx'));
const Family = lazy(() => import('./screens/Family.tsx'));
const Help = lazy(() => import('./screens/complaints/Help.tsx'));
const Complaints = lazy(() => import('./screens/complaints/Complaints.tsx'));
const Complaint = lazy(() => import('./screens/complaints/Complaint.tsx'));
const Lists = lazy(() => import('./screens/Lists.tsx'));
const Papers = lazy(() => import('./screens/Papers.tsx'));
const SearchPage = lazy(() => import('./screens/SearchPage.tsx'));
const Settings = lazy(() => import('./screens/Settings.tsx'));
const SandboxMessages = lazy(() => import('./screens/SandboxMessages.tsx'));

/** The member's pages. Without a session every address shows the sign-in, and afterwards what was asked for. */
export function App() {
  const { pathname } = useLocation();
  if (pathname === '/m/card') return <KeptCardPage />;
  // Whoever comes to prove who she is has no session yet, or another's.
  if (pathname === '/m/wechat')
    return (
      <Suspense fallback={<ScreenSkeleton />}>
        <BindWeChat />
      </Suspense>
    );
  return <Signed />;
}

function Signed() {
  const session = useSessionQuery();
  const signedOut = session.error instanceof ApiProblem && session.error.status === 401;
  return (
    <>
      <SkipLink />
      <OfflineNote />
      <Suspense fallback={<ScreenSkeleton />}>
        {signedOut ? (
          <SignIn />
        ) : (
          <Loaded query={session} skeleton={<ScreenSkeleton />}>
            {(view) => (
              <SessionContext value={view}>
                {view.mode === 'sandbox' && <SandboxBar now={view.now} />}
                {view.account.role === 'member' ? <Pages /> : <StaffHint name={view.account.name} />}
              </SessionContext>
            )}
          </Loaded>
        )}
      </Suspense>
    </>
  );
}

function Pages() {
  const client = useQueryClient();
  const { pathname } = useLocation();
  useEffect(() => connectLive(client), [client]);
  useEffect(() => {
    if (inWeChat()) void hideSharing();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address starts at its top.
  useEffect(() => {
    window.scrollTo(0, 0);
  }, [pathname]);
  return (
    <Boundary page={pathname} instead={(reload) => <Failed error={new Unreachable()} retry={reload} busy={false} />}>
      <Suspense fallback={<ScreenSkeleton />}>
        <Routes>
          <Route index element={<Home />} />
          <Route path="m/services/:policyId/:personId/:service" element={<ServiceDetail />} />
          <Route path="m/apply/:policyId/:personId/:service" element={<Apply />} />
          <Route path="m/decisions/:id" element={<Decision />} />
          <Route path="m/cases" element={<Cases />} />
          <Route path="m/cases/:id" element={<Case />} />
          <Route path="m/cases/:id/call" element={<Call />} />
          <Route path="m/video/:policyId/:personId/:service" element={<Video />} />
          <Route path="m/video/:policyId/:personId/:service/ask" element={<Ask />} />
          <Route path="m/inbox" element={<Inbox />} />
          <Route path="m/me" element={<Mine />} />
          <Route path="m/consents" element={<Consents />} />
          <Route path="m/disclosures" element={<Disclosures />} />
          <Route path="m/family" element={<Family />} />
          <Route path="m/lists/:list?" element={<Lists />} />
          <Route path="m/help" element={<Help />} />
          <Route path="m/complaints" element={<Complaints />} />
          <Route path="m/complaints/:id" element={<Complaint />} />
          <Route path="m/papers" element={<Papers />} />
          <Route path="m/search" element={<SearchPage />} />
          <Route path="m/settings" element={<Settings />} />
          <Route path="m/sandbox/messages" element={<SandboxMessages />} />
          <Route path="*" element={<Navigate to="/" replace />} />
        </Routes>
      </Suspense>
    </Boundary>
  );
}
