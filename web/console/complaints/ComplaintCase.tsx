import { useParams } from 'react-router';
import { CasePage } from '../case/CasePage.tsx';
import { useComplaint } from '../data/queries.ts';
import { m } from '../messages.ts';
import { Notice } from '../states/Notice.tsx';
import { Screen } from '../states/Screen.tsx';

/** The case that a complaint is about, read by who looks into it; nothing can be done to it from here. */
export default function ComplaintCase() {
  const { id = '' } = useParams();
  const found = useComplaint(id);
  return (
    <Screen query={found}>
      {({ caseId }) =>
        caseId ? <CasePage caseId={caseId} /> : <Notice heading tone="plain" title={m.console_not_found()} />
      }
    </Screen>
  );
}
