import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Checkbox, Form, Input, Radio } from 'antd';
import { useEffect, useState } from 'react';
import { post } from '../../shared/api.ts';
import type { Field } from '../../shared/form/fields.ts';
import { keys } from '../../shared/keys.ts';
import type { AllowedEvent, CaseView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { isStale, problemText } from '../data/problems.ts';
import { useSchemaForm } from '../forms/SchemaForm.tsx';
import { m } from '../messages.ts';
import { type Pack, Packs } from './Packs.tsx';
import { Signature } from './Signature.tsx';
import './counter.css';

/** Fields of the event that have a control of their own here; every other yes/no is an original to be seen. */
const OWN: readonly string[] = ['paid', 'authorisation'];

type CounterProps = { view: CaseView; event: AllowedEvent; onClose: () => void };

/**
 * The pharmacy's counter, for a phone held in one hand: code, originals ticked off, packs scanned, signed, handed over.
 * The words of the fields and every rule come from the server; this only asks in the order of the counter.
 */
export function Counter({ view, event, onClose }: CounterProps) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const form = useSchemaForm(event.schema);
  const [packs, setPacks] = useState<Pack[]>([]);
  const [rest, setRest] = useState<string[]>([]);
  const send = useAction(
    (payload: Record<string, unknown>, key) =>
      post<CaseView>(`/api/cases/${view.id}/events`, { type: event.type, version: view.version, ...payload }, key),
    {
      refresh: [keys.worklist],
      onDone: (moved) => {
        client.setQueryData(keys.case(view.id), moved);
        void message.success(m.console_act_done({ what: event.label }));
        onClose();
      },
    },
  );
  const { error } = send;
  const { place } = form;
  // biome-ignore lint/correctness/useExhaustiveDependencies: faults are placed once for each answer
  useEffect(() => {
    if (!error) return;
    if (isStale(error)) void client.invalidateQueries({ queryKey: keys.case(view.id) });
    setRest(place(error));
  }, [error]);

  const field = (name: string) => form.fields.find((one) => one.name === name);
  const text = (name: string) => String(form.values[name] ?? '');
  const originals = form.fields.filter(({ kind, name }) => kind === 'boolean' && !OWN.includes(name));
  const change = (list: Pack[]) => {
    setPacks(list);
    form.set(
      'traceCodes',
      list.map(({ code }) => code),
    );
    form.set(
      'batches',
      list.map(({ batch }) => batch),
    );
    form.set(
      'expiries',
      list.map(({ expiresOn }) => expiresOn),
    );
  };
  const submit = () => {
    // A tick that is not set is a no, which the server answers with what is missing.
    const values = form.check();
    if (values) send.start(values);
  };
  const tick = (one: Field) => (
    <div key={one.name}>
      <Checkbox checked={form.values[one.name] === true} onChange={(e) => form.set(one.name, e.target.checked)}>
        {one.title}
      </Checkbox>
      {form.faults[one.name] ? <p className="fault">{form.faults[one.name]}</p> : null}
    </div>
  );
  const line = (name: string, mode: 'numeric' | 'decimal' | 'text' = 'text') => {
    const one = field(name);
    if (!one) return null;
    return (
      <Form.Item
        label={one.title}
        htmlFor={`counter-${name}`}
        {...(form.faults[name] ? { help: form.faults[name], validateStatus: 'error' as const } : {})}
      >
        <Input
          id={`counter-${name}`}
          value={text(name)}
          inputMode={mode}
          autoComplete="off"
          onChange={(e) => form.set(name, e.target.value)}
        />
      </Form.Item>
    );
  };
  const collector = field('collector');
  return (
    <Form layout="vertical" className="act-open counter" onFinish={submit} aria-label={event.label}>
      <h3>{event.label}</h3>
      {line('code', 'numeric')}
      {collector ? (
        <Form.Item label={collector.title}>
          <Radio.Group
            aria-label={collector.title}
            value={form.values.collector}
            options={collector.options}
            onChange={(e) => form.set('collector', e.target.value)}
          />
        </Form.Item>
      ) : null}
      {line('collectorName')}
      <fieldset>
        <legend>{m.console_counter_originals()}</legend>
        {originals.map(tick)}
        {form.values.collector === 'agent' && field('authorisation') ? tick(field('authorisation')!) : null}
      </fieldset>
      <Packs packs={packs} onChange={change} faults={form.faults} />
      {line('price', 'decimal')}
      {field('lowest')?.required ? line('lowest', 'numeric') : null}
      {field('highest')?.required ? line('highest', 'numeric') : null}
      <Signature
        view={view}
        signed={text('receipt') !== ''}
        fault={form.faults.receipt}
        onSigned={(paper) => form.set('receipt', paper)}
      />
      {field('paid') ? tick(field('paid')!) : null}
      {error ? (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={
            rest.length > 0
              ? rest.join(' ')
              : Object.keys(form.faults).length > 0
                ? m.console_counter_faults()
                : problemText(error)
          }
        />
      ) : null}
      <div className="row">
        <Button type="primary" htmlType="submit" loading={send.running} style={{ flex: 1 }}>
          {event.label}
        </Button>
        <Button onClick={onClose} disabled={send.running}>
          {m.console_fold()}
        </Button>
      </div>
    </Form>
  );
}
