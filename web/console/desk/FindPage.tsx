import { Alert, Button, DatePicker, Form, Input } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { post } from '../../shared/api.ts';
import type { DeskHit } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { Notice } from '../states/Notice.tsx';
import { urls } from '../urls.ts';
import { IdentityCheck } from './IdentityCheck.tsx';
import { policyRole } from './policy-words.ts';

type Wanted = { policyNo?: string; idNumber?: string; phone?: string; name?: string; bornOn?: Dayjs };
type DeskFind = { policyNo?: string; idNumber?: string; phone?: string; name?: string; bornOn?: string };

/** A caller is found by exact match only, and nothing of the file opens before the check. */
export function FindPage() {
  const navigate = useNavigate();
  const [form] = Form.useForm<Wanted>();
  const [chosen, setChosen] = useState<DeskHit | null>(null);
  const [lacking, setLacking] = useState(false);
  const find = useAction((wanted: DeskFind, key) => post<{ items: DeskHit[] }>('/api/desk/find', wanted, key), {
    onDone: ({ items }) => setChosen(items.length === 1 && !items[0]!.lockedUntil ? items[0]! : null),
  });
  const submit = ({ bornOn, ...texts }: Wanted) => {
    const wanted: DeskFind = {};
    for (const [key, value] of Object.entries(texts)) if (value?.trim()) wanted[key as keyof DeskFind] = value.trim();
    if (bornOn) wanted.bornOn = bornOn.format('YYYY-MM-DD');
    // A name or a birth date alone finds nobody; the server says the same.
    const enough = wanted.policyNo || wanted.idNumber || wanted.phone || (wanted.name && wanted.bornOn);
    setLacking(!enough);
    if (enough) find.start(wanted);
  };
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_find_title()}</h1>
        <span className="meta">{m.console_find_what()}</span>
      </div>
      <div className="two">
        <section className="section" style={{ marginTop: 0 }}>
          <h2>{m.console_find_by()}</h2>
          <Form form={form} layout="vertical" onFinish={submit} requiredMark={false}>
            <Form.Item name="policyNo" label={m.console_policy_no()}>
              <Input maxLength={40} autoComplete="off" autoFocus />
            </Form.Item>
            <Form.Item name="idNumber" label={m.console_person_id()}>
              <Input maxLength={30} autoComplete="off" />
            </Form.Item>
            <Form.Item name="phone" label={m.console_person_phone()}>
              <Input maxLength={20} inputMode="tel" autoComplete="off" />
            </Form.Item>
            <div className="two">
              <Form.Item name="name" label={m.console_person_full_name()}>
                <Input maxLength={50} autoComplete="off" />
              </Form.Item>
              <Form.Item name="bornOn" label={m.console_person_born()}>
                <DatePicker style={{ width: '100%' }} />
              </Form.Item>
            </div>
            {lacking ? (
              <Alert
                type="warning"
                showIcon
                role="alert"
                title={m.console_find_lacking()}
                style={{ marginBottom: 12 }}
              />
            ) : null}
            {find.error ? (
              <Alert type="error" showIcon role="alert" title={problemText(find.error)} style={{ marginBottom: 12 }} />
            ) : null}
            <div className="row">
              <Button type="primary" htmlType="submit" loading={find.running}>
                {m.console_find_do()}
              </Button>
              <Button
                onClick={() => {
                  form.resetFields();
                  find.reset();
                  setChosen(null);
                }}
              >
                {m.console_find_next_caller()}
              </Button>
            </div>
          </Form>
        </section>
        <section className="section" style={{ marginTop: 0 }} aria-live="polite" aria-label={m.console_find_result()}>
          {!find.output ? (
            <Notice tone="plain" title={m.console_find_nothing_yet()} hint={m.console_find_nothing_yet_hint()} />
          ) : chosen ? (
            <IdentityCheck key={chosen.personId} hit={chosen} onPassed={() => navigate(urls.person(chosen.personId))} />
          ) : find.output.items.length === 0 ? (
            <Notice tone="plain" title={m.console_find_nobody()} hint={m.console_find_nobody_hint()} />
          ) : (
            <>
              <h2>{m.console_find_hits({ n: String(find.output.items.length) })}</h2>
              {find.output.items.map((hit) => (
                <Hit key={hit.personId} hit={hit} onCheck={() => setChosen(hit)} />
              ))}
            </>
          )}
        </section>
      </div>
    </div>
  );
}

function Hit({ hit, onCheck }: { hit: DeskHit; onCheck: () => void }) {
  return (
    <div className="need row-between">
      <div>
        <b>{hit.name}</b> <span className="meta">{hit.roles.map(policyRole).join(' · ')}</span>
        <p className="meta">
          {hit.idNumber} · {hit.phone}
        </p>
      </div>
      {hit.lockedUntil ? (
        <span className="pill pill-late">{m.console_check_locked_until({ until: momentWords(hit.lockedUntil) })}</span>
      ) : (
        <Button onClick={onCheck}>{m.console_check_start()}</Button>
      )}
    </div>
  );
}
