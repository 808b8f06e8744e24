import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { Alert, Button, DatePicker, Form, Input } from 'antd';
import dayjs from 'dayjs';
import { useEffect, useState } from 'react';
import { post } from '../../shared/api.ts';
import type { DeskCheck, DeskHit, DeskResult } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { keepEnter } from '../forms/keep-enter.ts';
import { m } from '../messages.ts';
import { Notice } from '../states/Notice.tsx';
import { CodeCheck } from './CodeCheck.tsx';

type IdentityCheckProps = { hit: DeskHit; onPassed: () => void };

/** What the caller answers is typed in; the screen says match or no match, never what stands on file. */
export function IdentityCheck({ hit, onPassed }: IdentityCheckProps) {
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const start = useAction((personId: string, key) => post<DeskCheck>('/api/desk/checks', { personId }, key));
  const begin = start.start;
  useEffect(() => begin(hit.personId), [begin, hit.personId]);
  const check = start.output;
  const [result, setResult] = useState<DeskResult | null>(null);
  const hear = (heard: DeskResult) => {
    setResult(heard);
    if (heard.state === 'passed') onPassed();
  };
  const send = useAction(
    (given: { code: string; value: string }[], key) =>
      post<DeskResult>(`/api/desk/checks/${check!.id}/answers`, { answers: given }, key),
    { onDone: hear },
  );
  const state = result?.state ?? check?.state;
  if (start.error) return <Notice tone="late" title={m.console_check_failed_start()} hint={problemText(start.error)} />;
  if (!check) return <p role="status">{m.console_loading()}</p>;
  if (state === 'locked')
    return <Notice tone="late" title={m.console_check_locked()} hint={m.console_check_locked_hint()} />;
  if (state === 'failed')
    return <Notice tone="late" title={m.console_check_failed()} hint={m.console_check_failed_hint()} />;
  const given = check.questions.flatMap(({ code }) =>
    answers[code]?.trim() ? [{ code, value: answers[code].trim() }] : [],
  );
  return (
    <>
      <h2>
        {m.console_check_title()} · {hit.name}
      </h2>
      <p className="meta">
        {hit.idNumber} · {hit.phone}
      </p>
      <p style={{ margin: '.4rem 0 .8rem' }}>
        {m.console_check_what({ needed: String(check.needed), all: String(check.questions.length) })}
      </p>
      <Form layout="vertical" onFinish={() => send.start(given)}>
        {check.questions.map((question) => {
          const matched = result?.matched.find(({ code }) => code === question.code);
          const id = `check-${question.code}`;
          return (
            <Form.Item
              key={question.code}
              htmlFor={id}
              label={question.label}
              validateStatus={matched ? (matched.match ? 'success' : 'error') : undefined}
              help={matched ? <Match match={matched.match} /> : undefined}
            >
              {question.kind === 'day' ? (
                <DatePicker
                  onKeyDown={keepEnter}
                  id={id}
                  style={{ width: '100%' }}
                  value={answers[question.code] ? dayjs(answers[question.code]) : null}
                  onChange={(day) =>
                    setAnswers((now) => ({ ...now, [question.code]: day ? day.format('YYYY-MM-DD') : '' }))
                  }
                />
              ) : (
                <Input
                  id={id}
                  maxLength={100}
                  autoComplete="off"
                  value={answers[question.code] ?? ''}
                  onChange={(event) => setAnswers((now) => ({ ...now, [question.code]: event.target.value }))}
                />
              )}
            </Form.Item>
          );
        })}
        {result && result.state === 'asking' ? (
          <Alert
            type="warning"
            showIcon
            role="alert"
            title={m.console_check_again({ n: String(result.attemptsLeft) })}
            style={{ marginBottom: 12 }}
          />
        ) : null}
        {send.error ? (
          <Alert type="error" showIcon role="alert" title={problemText(send.error)} style={{ marginBottom: 12 }} />
        ) : null}
        <Button type="primary" htmlType="submit" loading={send.running} disabled={given.length < check.needed}>
          {m.console_check_do()}
        </Button>
        {given.length < check.needed ? (
          <span className="meta" style={{ marginLeft: '.7rem' }}>
            {m.console_check_more({ n: String(check.needed - given.length) })}
          </span>
        ) : null}
      </Form>
      <CodeCheck checkId={check.id} phone={hit.phone} onHeard={hear} />
    </>
  );
}

function Match({ match }: { match: boolean }) {
  return (
    <span className={`state ${match ? 'state-kept' : 'state-late'}`}>
      {match ? <CheckCircleOutlined aria-hidden /> : <CloseCircleOutlined aria-hidden />}
      {match ? m.console_check_match() : m.console_check_no_match()}
    </span>
  );
}
