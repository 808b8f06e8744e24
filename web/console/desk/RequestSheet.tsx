import { Alert, Button, Checkbox, Form } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiProblem, post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type {
  CreateCase,
  CreatedCase,
  DecisionRequest,
  DecisionView,
  PaperView,
  RequestForm,
} from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { markOptional } from '../forms/mark-optional.tsx';
import { SchemaFields, useSchemaForm } from '../forms/SchemaForm.tsx';
import { m } from '../messages.ts';
import { urls } from '../urls.ts';
import { Applicant, applicantInput, emptyApplicant, proofsOf } from './Applicant.tsx';
import { emptyIllness, Illness, illnessInput } from './Illness.tsx';
import { Outcome } from './Outcome.tsx';
import { PaperPick } from './PaperPick.tsx';

type RequestSheetProps = {
  asked: RequestForm;
  personId: string;
  policyId: string;
  personName: string;
  known: readonly PaperView[];
};

/** One sheet from top to bottom, so that the agent can follow whatever order the caller tells it in. */
export function RequestSheet({ asked, personId, policyId, personName, known }: RequestSheetProps) {
  const navigate = useNavigate();
  const form = useSchemaForm(asked.schema, {}, '/form');
  const [applicant, setApplicant] = useState(emptyApplicant);
  const [illness, setIllness] = useState(emptyIllness);
  const [papers, setPapers] = useState<Record<string, string[]>>({});
  const [consented, setConsented] = useState<string[]>([]);
  const [heard, setHeard] = useState<string[]>([]);
  const sources = {
    papers: known.map((paper) => ({ id: paper.id, kind: paper.kind, label: `${paper.kindName} · ${paper.fileName}` })),
    paperKinds: asked.papers.map(({ kind, name }) => ({ kind, name })),
    persons: [{ id: personId, name: personName }],
    illnesses: asked.illnesses ?? [],
  };
  const question = (payload: Record<string, unknown>): DecisionRequest => ({
    service: asked.service,
    policyId,
    personId,
    applicant: applicantInput(applicant),
    illness: asked.illnesses ? illnessInput(illness) : null,
    form: payload,
  });
  const [rest, setRest] = useState<string[]>([]);
  const decide = useAction((wanted: DecisionRequest, key) => post<DecisionView>('/api/decisions', wanted, key));
  const file = useAction((wanted: CreateCase, key) => post<CreatedCase>('/api/cases', wanted, key), {
    refresh: [keys.worklist, keys.benefits],
    onDone: (created) => navigate(urls.case(created.id)),
  });
  const error = file.error ?? decide.error;
  const place = useRef(form.place);
  place.current = form.place;
  useEffect(() => setRest(error ? place.current(error) : []), [error]);

  const withPayload = (go: (payload: Record<string, unknown>) => void) => {
    const payload = form.check();
    if (payload) go(payload);
  };
  const submit = () =>
    withPayload((payload) =>
      file.start({
        ...question(payload),
        papers: Object.entries(papers).flatMap(([kind, ids]) => ids.map((paperId) => ({ kind, paperId }))),
        consents: asked.consents
          .filter((consent) => consented.includes(consentKey(consent)))
          .map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
        acknowledged: asked.notices.filter(({ id }) => heard.includes(id)).map(({ id, version }) => ({ id, version })),
      }),
    );
  const unread = asked.notices.filter(({ id }) => !heard.includes(id)).length;
  const reasons = error instanceof ApiProblem ? error.document.reasons : undefined;
  return (
    <Form layout="vertical" onFinish={submit} requiredMark={markOptional}>
      <Applicant personId={personId} known={known} value={applicant} onChange={setApplicant} />
      {asked.illnesses ? (
        <Illness illnesses={asked.illnesses} sampleLabel={asked.sampleLabel} value={illness} onChange={setIllness} />
      ) : null}
      {form.fields.length > 0 ? (
        <section className="section">
          <h2>{m.console_request_wishes()}</h2>
          <SchemaFields form={form} sources={sources} idPrefix="request" />
        </section>
      ) : null}
      <section className="section">
        <h2>{m.console_papers()}</h2>
        <p className="meta">{m.console_request_papers_what()}</p>
        {asked.papers
          .filter(({ kind }) => !proofsOf(applicant.relation).includes(kind))
          .map((paper) => (
            <PaperPick
              key={paper.kind}
              personId={personId}
              kind={paper.kind}
              name={paper.name}
              required={paper.required}
              why={`${paper.why} ${paper.printed}`}
              maxBytes={paper.maxBytes}
              known={known}
              value={papers[paper.kind] ?? []}
              onChange={(ids) => setPapers((now) => ({ ...now, [paper.kind]: ids }))}
            />
          ))}
      </section>
      {asked.needsOwnConsent ? (
        <Alert type="info" showIcon title={m.console_request_own_consent()} style={{ marginTop: '.9rem' }} />
      ) : asked.consents.length > 0 ? (
        <section className="section">
          <h2>{m.console_request_consents()}</h2>
          <p className="meta">{m.console_request_consents_what()}</p>
          {asked.consents.map((consent) => (
            <div key={consentKey(consent)} className="need">
              <Checkbox
                checked={consented.includes(consentKey(consent))}
                onChange={(event) => setConsented(toggled(consented, consentKey(consent), event.target.checked))}
              >
                {m.console_consent_to({ who: consent.recipientName, until: consent.until })}
              </Checkbox>
              <p>{consent.text}</p>
              <p className="meta">{consent.fields.map((field) => field.label).join(m.console_comma())}</p>
            </div>
          ))}
        </section>
      ) : null}
      {asked.notices.length > 0 ? (
        <section className="section">
          <h2>{m.console_request_notices()}</h2>
          {asked.notices.map((notice) => (
            <div key={notice.id} className="need">
              <Checkbox
                checked={heard.includes(notice.id)}
                onChange={(event) => setHeard(toggled(heard, notice.id, event.target.checked))}
              >
                {notice.text} <small className="meta">{notice.printed}</small>
              </Checkbox>
            </div>
          ))}
        </section>
      ) : null}
      <section className="section">
        {asked.promises.map((promise) => (
          <p key={promise.code}>
            <b>{promise.label}</b> {promise.text} <small className="meta">{promise.printed}</small>
          </p>
        ))}
        {asked.warning ? <p className="consequence consequence-mild">{asked.warning}</p> : null}
        {decide.output ? <Outcome decision={decide.output} promises={asked.promises} /> : null}
        {error ? (
          <Alert
            type="error"
            showIcon
            role="alert"
            title={reasons ? m.console_outcome_refused() : rest.length > 0 ? rest.join(' ') : problemText(error)}
            description={reasons?.map((reason) => <p key={reason.rule}>{reason.message}</p>)}
            style={{ marginBottom: 12 }}
          />
        ) : null}
        <div className="row">
          <Button type="primary" htmlType="submit" loading={file.running} disabled={unread > 0}>
            {m.console_request_submit()}
          </Button>
          <Button loading={decide.running} onClick={() => withPayload((payload) => decide.start(question(payload)))}>
            {m.console_request_check()}
          </Button>
          {unread > 0 ? <span className="meta">{m.console_request_unread({ n: String(unread) })}</span> : null}
        </div>
      </section>
    </Form>
  );
}

function consentKey({ recipient, purpose }: { recipient: string; purpose: string }): string {
  return `${recipient} ${purpose}`;
}

function toggled(list: readonly string[], one: string, on: boolean): string[] {
  return on ? [...list, one] : list.filter((other) => other !== one);
}
