import { Link, useParams, useSearchParams } from 'react-router';
import { usePersonFile, usePersonPapers, useRequestForm } from '../data/queries.ts';
import { m } from '../messages.ts';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';
import { RequestSheet } from './RequestSheet.tsx';

/** A request filed for the caller: the same form, papers, consents and notices as the member's own. */
export function RequestPage() {
  const { personId = '' } = useParams();
  const [params] = useSearchParams();
  const service = params.get('service') ?? '';
  const policyId = params.get('policyId') ?? '';
  const form = useRequestForm(service, policyId, personId);
  const papers = usePersonPapers(personId);
  const file = usePersonFile(personId);
  return (
    <div className="page" style={{ maxWidth: '60rem' }}>
      <Screen query={form}>
        {(asked) => (
          <>
            <div className="page-head">
              <h1>{m.console_request_title({ service: asked.name })}</h1>
              <span className="meta">{file.data?.person.name}</span>
              <Link to={urls.person(personId)}>{m.console_request_back()}</Link>
            </div>
            <RequestSheet
              asked={asked}
              personId={personId}
              policyId={policyId}
              personName={file.data?.person.name ?? ''}
              known={papers.data ?? []}
            />
          </>
        )}
      </Screen>
    </div>
  );
}
