import { WarningOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { post } from '../../shared/api.ts';
import type { Values } from '../../shared/form/values.ts';
import { keys } from '../../shared/keys.ts';
import type { CaseView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { isStale, problemText } from '../data/problems.ts';
import { useSession } from '../data/queries.ts';
import { markOptional } from '../forms/mark-optional.tsx';
import { SchemaFields, useSchemaForm } from '../forms/SchemaForm.tsx';
import { m } from '../messages.ts';
import { writesWithPhrases } from '../shell/desks.ts';
import { caseSources } from './case-sources.ts';
import type { Opened } from './opened.ts';

/** A form that was begun elsewhere: what it starts with, who hears of each change, and how it stands. */
export type Written = { start: Values; onValues: (values: Values) => void; state: ReactNode };
type EventFormProps = { view: CaseView; opened: Opened; written?: Written | undefined; onClose: () => void };

/**
 * One allowed event as a form. What it costs is named above the button; what cannot be undone is asked twice. When the
 * case moved on meanwhile, it is read anew, that is said, and nothing that was typed is lost.
 */
export function EventForm({ view, opened, written, onClose }: EventFormProps) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const event = view.allowed.find(({ type }) => type === opened.event.type) ?? opened.event;
  const gone = !view.allowed.some(({ type }) => type === event.type);
  const form = useSchemaForm(event.schema, { ...written?.start, ...opened.start });
  const onValues = written?.onValues;
  useEffect(() => onValues?.(form.values), [onValues, form.values]);
  const role = useSession().data?.account.role;
  const phrases = { caseId: view.id, call: event.type === 'logCall' };
  const sources = { ...caseSources(view), ...(role && writesWithPhrases(role) ? { phrases } : {}) };
  const [seen, setSeen] = useState(opened.version);
  const [twice, setTwice] = useState<Record<string, unknown> | null>(null);
  const [rest, setRest] = useState<string[]>([]);
  const send = useAction(
    (payload: Record<string, unknown>, key) =>
      post<CaseView>(`/api/cases/${view.id}/events`, { type: event.type, version: view.version, ...payload }, key),
    {
      refresh: [keys.worklist, keys.clocks, keys.approvals],
      onDone: (moved) => {
        client.setQueryData(keys.case(view.id), moved);
        void message.success(m.console_act_done({ what: event.label }));
        onClose();
      },
    },
  );
  const stale = isStale(send.error);
  const error = send.error;
  const place = useRef(form.place);
  place.current = form.place;
  useEffect(() => {
    if (!error) return;
    setTwice(null);
    if (isStale(error)) void client.invalidateQueries({ queryKey: keys.case(view.id) });
    else setRest(place.current(error));
  }, [error, client, view.id]);

  const submit = () => {
    const payload = form.check();
    if (!payload) return;
    setSeen(view.version);
    if (event.weight === 'costly') setTwice(payload);
    else send.start(payload);
  };
  return (
    <Form layout="vertical" className="act-open" onFinish={submit} requiredMark={markOptional} aria-label={event.label}>
      <h3>{event.label}</h3>
      {stale || view.version !== seen ? (
        <p className="stale" role="alert">
          {m.console_stale()}
        </p>
      ) : null}
      {gone ? <Alert type="warning" showIcon title={m.console_act_gone({ who: view.turn.label })} /> : null}
      <SchemaFields form={form} sources={sources} idPrefix={`event-${event.type}`} />
      {written?.state}
      {error && !stale ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={rest.length > 0 ? rest.join(m.console_and()) : problemText(error)}
          style={{ marginBottom: 10 }}
        />
      ) : null}
      {event.warning ? (
        <p className={`consequence ${event.weight === 'costly' ? '' : 'consequence-mild'}`}>
          <WarningOutlined aria-hidden />
          <span>{event.warning}</span>
        </p>
      ) : null}
      {twice ? (
        <div className="stack" role="alertdialog" aria-label={m.console_act_sure()}>
          <b>{m.console_act_sure()}</b>
          <Button danger type="primary" block loading={send.running} onClick={() => send.start(twice)}>
            {m.console_act_confirm({ what: event.label })}
          </Button>
          <Button block autoFocus disabled={send.running} onClick={() => setTwice(null)}>
            {m.cancel()}
          </Button>
        </div>
      ) : (
        <div className="row">
          <Button
            type="primary"
            danger={event.weight === 'costly'}
            htmlType="submit"
            loading={send.running}
            disabled={gone}
            style={{ flex: 1 }}
          >
            {event.label}
          </Button>
          <Button onClick={onClose} disabled={send.running}>
            {m.console_fold()}
          </Button>
        </div>
      )}
    </Form>
  );
}
