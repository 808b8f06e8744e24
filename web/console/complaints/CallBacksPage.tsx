import { Alert, Button, DatePicker, Form, Input, Modal, Radio, Skeleton } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { Link } from 'react-router';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { CallBackDesk, CallBackRow } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { useCallBacks, useSession } from '../data/queries.ts';
import { momentWords } from '../data/words.ts';
import { keepEnter } from '../forms/keep-enter.ts';
import { m } from '../messages.ts';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';

/** Whom to call back, the most urgent first; and who of the video queue waits for a doctor's call. */
export default function CallBacksPage() {
  const calls = useCallBacks();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_nav_call_backs()}</h1>
        <span className="meta">{m.console_call_backs_what()}</span>
      </div>
      <Screen
        query={calls}
        waiting={<Skeleton active paragraph={{ rows: 6 }} />}
        empty={{
          when: ({ items, video }) => items.length + video.length === 0,
          title: m.console_call_backs_none(),
        }}
      >
        {({ items, video }) => (
          <>
            <Video rows={video} />
            {items.map((row) => (
              <Call key={row.id} call={row} />
            ))}
          </>
        )}
      </Screen>
    </div>
  );
}

function Video({ rows }: { rows: CallBackDesk['video'] }) {
  const role = useSession().data?.account.role;
  if (rows.length === 0) return null;
  return (
    <section className="section">
      <h2>{m.console_call_backs_video()}</h2>
      <p className="meta">{m.console_call_backs_video_hint()}</p>
      <ul>
        {rows.map((row) => (
          <li key={row.caseId}>
            {role === 'supervisor' ? <Link to={urls.videoBoard()}>{row.number}</Link> : row.number}{' '}
            {momentWords(row.since)}
          </li>
        ))}
      </ul>
    </section>
  );
}

const URGENCY = {
  late: { words: m.console_call_late, pill: 'pill pill-late' },
  now: { words: m.console_call_now, pill: 'pill pill-soon' },
  later: { words: m.console_call_later, pill: 'pill' },
} as const;

function Call({ call }: { call: CallBackRow }) {
  const [ending, setEnding] = useState<'missed' | 'close' | null>(null);
  const take = useAction((_: string, key) => post(`/api/call-back-desk/${call.id}/acts`, { act: 'take' }, key), {
    refresh: [keys.callBacks],
  });
  const { words, pill } = URGENCY[call.urgency];
  return (
    <article className="section" aria-label={call.person}>
      <div className="row-between">
        <h2>
          {call.person} <a href={`tel:${call.phone}`}>{call.phone}</a>
        </h2>
        <span className={pill}>{words()}</span>
      </div>
      <p className="meta">
        {m.console_call_window({ from: momentWords(call.from), to: momentWords(call.to) })}
        {call.nextTryAt ? ` · ${m.console_call_next({ at: momentWords(call.nextTryAt) })}` : ''}
        {call.tries > 0 ? ` · ${m.console_call_tries({ n: String(call.tries) })}` : ''}
        {call.about ? ` · ${call.about}` : ''}
      </p>
      {call.words ? <p style={{ whiteSpace: 'pre-line' }}>{call.words}</p> : null}
      {call.calls.length > 0 ? (
        <ul aria-label={m.console_call_history()} className="meta">
          {call.calls.map((one) => (
            <li key={one.at}>
              {momentWords(one.at)} {one.by} {one.reached ? m.console_call_reached() : m.console_call_missed()}{' '}
              {one.note}
            </li>
          ))}
        </ul>
      ) : null}
      {take.error ? <Alert type="error" showIcon role="alert" title={problemText(take.error)} /> : null}
      {call.mine ? (
        <div className="row" style={{ marginTop: '.5rem' }}>
          <Button type="primary" onClick={() => setEnding('close')}>
            {m.console_call_done()}
          </Button>
          <Button onClick={() => setEnding('missed')}>{m.console_call_missed()}</Button>
          <span className="meta">{m.console_call_check_first()}</span>
        </div>
      ) : call.takenBy ? (
        <p className="meta">{m.console_call_taken_by({ name: call.takenBy })}</p>
      ) : (
        <Button loading={take.running} onClick={() => take.start(call.id)}>
          {m.console_call_take()}
        </Button>
      )}
      {ending ? <EndDialog call={call} act={ending} onClose={() => setEnding(null)} /> : null}
    </article>
  );
}

type Entry = { outcome?: string; nextTryAt?: Dayjs; note?: string };
const LAST_TRY = 2;

function EndDialog({ call, act, onClose }: { call: CallBackRow; act: 'missed' | 'close'; onClose: () => void }) {
  const [form] = Form.useForm<Entry>();
  const end = useAction((body: object, key) => post(`/api/call-back-desk/${call.id}/acts`, body, key), {
    refresh: [keys.callBacks],
    onDone: onClose,
  });
  const needed = [{ required: true, message: m.fault_required() }];
  const send = ({ outcome, nextTryAt, note }: Entry) =>
    end.start({
      act,
      ...(outcome ? { outcome } : {}),
      ...(nextTryAt ? { nextTryAt: nextTryAt.format('YYYY-MM-DDTHH:mm:00+08:00') } : {}),
      ...(note?.trim() ? { note: note.trim() } : {}),
    });
  return (
    <Modal
      open
      title={<h2>{act === 'close' ? m.console_call_done() : m.console_call_missed()}</h2>}
      okText={m.save()}
      cancelText={m.cancel()}
      confirmLoading={end.running}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Form<Entry> form={form} layout="vertical" requiredMark={false} name="call-back" onFinish={send}>
        {act === 'close' ? (
          <Form.Item name="outcome" label={m.console_call_outcome()} rules={needed}>
            <Radio.Group
              options={[
                { value: 'helped', label: m.console_call_helped() },
                { value: 'passed-on', label: m.console_call_passed_on() },
                { value: 'no-longer-needed', label: m.console_call_not_needed() },
              ]}
            />
          </Form.Item>
        ) : call.tries < LAST_TRY ? (
          <Form.Item name="nextTryAt" label={m.console_call_next_try()} rules={needed}>
            <DatePicker showTime={{ format: 'HH:mm' }} onKeyDown={keepEnter} />
          </Form.Item>
        ) : (
          <p>{m.console_call_last_try()}</p>
        )}
        <Form.Item name="note" label={`${m.console_call_note()} ${m.optional()}`}>
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
        {end.error ? <Alert type="error" showIcon role="alert" title={problemText(end.error)} /> : null}
      </Form>
    </Modal>
  );
}
