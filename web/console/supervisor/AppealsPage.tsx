import { Alert, Button, Form, Input, Radio, Skeleton } from 'antd';
import { Link } from 'react-router';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { AppealView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { MinorFile } from '../case/MinorFile.tsx';
import { problemText } from '../data/problems.ts';
import { useAppeals } from '../data/queries.ts';
import { byMoment, momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { More } from '../states/More.tsx';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';

/** Appeals against decisions, answered by somebody who did not take them. */
export default function AppealsPage() {
  const appeals = useAppeals();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_nav_appeals()}</h1>
        <span className="meta">{m.console_appeals_what()}</span>
      </div>
      <Screen
        query={appeals}
        waiting={<Skeleton active paragraph={{ rows: 6 }} />}
        empty={{ when: (rows) => rows.length === 0, title: m.console_appeals_none() }}
      >
        {(rows) => (
          <>
            {rows.map((row) => (
              <Appeal key={row.id} appeal={row} />
            ))}
            <More query={appeals} />
          </>
        )}
      </Screen>
    </div>
  );
}

type Answer = { verdict: 'upheld' | 'overturned'; answer: string };

function Appeal({ appeal }: { appeal: AppealView }) {
  const answer = useAction((given: Answer, key) => post<AppealView>(`/api/appeals/${appeal.id}/answer`, given, key), {
    refresh: [keys.appeals, keys.worklist],
  });
  const states = {
    open: m.console_appeal_open,
    upheld: m.console_appeal_upheld,
    overturned: m.console_appeal_overturned,
  };
  return (
    <article className="section">
      <div className="row-between">
        <h2>
          {appeal.serviceName} · {appeal.person}
        </h2>
        <span className="row">
          {appeal.caseId ? <Link to={urls.case(appeal.caseId)}>{appeal.caseNumber}</Link> : null}
          <span className={appeal.state === 'open' ? 'pill pill-soon' : 'pill'}>{states[appeal.state]()}</span>
        </span>
      </div>
      <p className="meta">
        {m.console_appeal_filed({ at: momentWords(appeal.filedAt), by: byMoment(appeal.due), who: appeal.decidedBy })}
      </p>
      {appeal.closed ? (
        <MinorFile minor={appeal.closed} />
      ) : (
        <p style={{ whiteSpace: 'pre-line', margin: '.5rem 0' }}>{appeal.text}</p>
      )}
      {appeal.closed ? null : appeal.answer ? (
        <p style={{ whiteSpace: 'pre-line' }}>
          <b>{m.console_appeal_answer()}</b> {appeal.answer}
        </p>
      ) : appeal.mayAnswer ? (
        <Form<Answer> layout="vertical" onFinish={answer.start} requiredMark={false} name={`appeal-${appeal.id}`}>
          <Form.Item
            name="verdict"
            label={m.console_appeal_verdict()}
            rules={[{ required: true, message: m.fault_required() }]}
          >
            <Radio.Group
              options={[
                { value: 'upheld', label: m.console_appeal_uphold() },
                { value: 'overturned', label: m.console_appeal_overturn() },
              ]}
            />
          </Form.Item>
          <Form.Item
            name="answer"
            label={m.console_appeal_answer_label()}
            rules={[{ required: true, min: 5, message: m.console_appeal_answer_short() }]}
          >
            <Input.TextArea rows={4} maxLength={2000} showCount />
          </Form.Item>
          {answer.error ? (
            <Alert type="error" showIcon role="alert" title={problemText(answer.error)} style={{ marginBottom: 12 }} />
          ) : null}
          <Button type="primary" htmlType="submit" loading={answer.running}>
            {m.console_appeal_send()}
          </Button>
        </Form>
      ) : (
        <p className="meta">{m.console_appeal_not_mine()}</p>
      )}
    </article>
  );
}
