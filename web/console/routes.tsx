import { lazy } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { isRefusal } from './data/problems.ts';
import { useSession } from './data/queries.ts';
import { FindPage } from './desk/FindPage.tsx';
import { PersonPage } from './desk/PersonPage.tsx';
import { RequestPage } from './desk/RequestPage.tsx';
import { m } from './messages.ts';
import { homeOf } from './shell/desks.ts';
import { Shell } from './shell/Shell.tsx';
import { SignInPage } from './signin/SignInPage.tsx';
import { Notice } from './states/Notice.tsx';
import { Screen } from './states/Screen.tsx';
import { WorkPage } from './work/WorkPage.tsx';

const DeskPage = lazy(() => import('./video/DeskPage.tsx'));
const BoardPage = lazy(() => import('./video/BoardPage.tsx'));
const ApprovalsPage = lazy(() => import('./supervisor/ApprovalsPage.tsx'));
const ComplaintsPage = lazy(() => import('./complaints/ComplaintsPage.tsx'));
const ComplaintPage = lazy(() => import('./complaints/ComplaintPage.tsx'));
const ComplaintCase = lazy(() => import('./complaints/ComplaintCase.tsx'));
const CallBacksPage = lazy(() => import('./complaints/CallBacksPage.tsx'));
const PhrasesPage = lazy(() => import('./phrases/PhrasesPage.tsx'));
const ClocksPage = lazy(() => import('./operations/ClocksPage.tsx'));
const BreachesPage = lazy(() => import('./operations/BreachesPage.tsx'));
const PromisesPage = lazy(() => import('./operations/PromisesPage.tsx'));
const QualityPage = lazy(() => import('./quality/QualityPage.tsx'));
const StatementsPage = lazy(() => import('./settlement/StatementsPage.tsx'));
const StatementPage = lazy(() => import('./settlement/StatementPage.tsx'));
const HospitalPage = lazy(() => import('./hospital/HospitalPage.tsx'));
const ListsPage = lazy(() => import('./lists/ListsPage.tsx'));
const PlansPage = lazy(() => import('./plans/PlansPage.tsx'));
const PlanPage = lazy(() => import('./plans/PlanPage.tsx'));
const AccountsPage = lazy(() => import('./accounts/AccountsPage.tsx'));
const AuditPage = lazy(() => import('./audit/AuditPage.tsx'));
const MessagesPage = lazy(() => import('./sandbox/MessagesPage.tsx'));

/** The table of contents of the console; every address is built in urls.ts. The server refuses what a role may not. */
export function ConsoleRoutes() {
  const session = useSession();
  if (session.isError && isRefusal(session.error)) return <SignInPage />;
  return (
    <Screen query={session}>
      {(who) => (
        <Routes>
          <Route element={<Shell session={who} />}>
            <Route index element={<Navigate replace to={homeOf(who.account.role)} />} />
            {/* A desk: the list, and the case beside it. */}
            <Route path="work/:caseId?" element={<WorkPage />} />
            {/* Service desk: find, check, open the file, file a request. */}
            <Route path="find" element={<FindPage />} />
            <Route path="persons/:personId" element={<PersonPage />} />
            <Route path="persons/:personId/request" element={<RequestPage />} />
            {/* The doctors of video consultation, and who sees to it that there are enough. */}
            <Route path="consult" element={<DeskPage />} />
            <Route path="video-board" element={<BoardPage />} />
            {/* Case manager and supervisor. */}
            <Route path="phrases" element={<PhrasesPage />} />
            {/* Whoever answers what is on a list. */}
            <Route path="lists/:list?" element={<ListsPage />} />
            {/* Supervisor. */}
            <Route path="approvals" element={<ApprovalsPage />} />
            {/* Complaints: their handlers and the supervisor; call backs: the service desk. */}
            <Route path="complaints" element={<ComplaintsPage />} />
            <Route path="complaints/:id" element={<ComplaintPage />} />
            <Route path="complaints/:id/case" element={<ComplaintCase />} />
            <Route path="call-backs" element={<CallBacksPage />} />
            {/* Operations. */}
            <Route path="clocks" element={<ClocksPage />} />
            <Route path="breaches" element={<BreachesPage />} />
            <Route path="promises" element={<PromisesPage />} />
            <Route path="quality" element={<QualityPage />} />
            {/* The two desks of settlement, and the provider whose statement it is. */}
            <Route path="settlement" element={<StatementsPage />} />
            <Route path="settlement/:id" element={<StatementPage />} />
            {/* A hospital's own desk. */}
            <Route path="hospital" element={<HospitalPage />} />
            {/* Plan administrator, administrator, auditor. */}
            <Route path="plans" element={<PlansPage />} />
            <Route path="plans/:plan/:edition" element={<PlanPage />} />
            <Route path="accounts" element={<AccountsPage />} />
            <Route path="audit" element={<AuditPage />} />
            {/* Sandbox only. */}
            <Route path="sandbox/messages" element={<MessagesPage />} />
            <Route path="*" element={<Notice heading tone="plain" title={m.console_not_found()} />} />
          </Route>
        </Routes>
      )}
    </Screen>
  );
}
