import { Alert, Input, Select } from 'antd';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import type { PlanView } from '../../shared/types.ts';
import { usePlan } from '../data/queries.ts';
import { dayWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';

/** An edition read by clause or by service, with what the check of the plan file says. */
export default function PlanPage() {
  const { plan = '', edition = '' } = useParams();
  const [params] = useSearchParams();
  const found = usePlan(plan, edition);
  const byService = params.get('tab') === 'services';
  return (
    <div className="page">
      <Screen query={found}>
        {(view) => (
          <>
            <div className="page-head">
              <h1>{view.name}</h1>
              <span className="meta">
                {view.insurerName} · {m.console_case_edition({ edition: view.edition })} ·{' '}
                {m.console_plan_from({ day: dayWords(view.effectiveFrom, false) })} · {view.hotline}
              </span>
            </div>
            <Check view={view} />
            <nav className="row tabs" aria-label={m.console_plan_read_by()}>
              <Link to={urls.plan(plan, edition)} aria-current={byService ? undefined : 'page'}>
                {m.console_plan_by_clause()}
              </Link>
              <Link to={urls.plan(plan, edition, 'services')} aria-current={byService ? 'page' : undefined}>
                {m.console_plan_by_service()}
              </Link>
            </nav>
            {byService ? <Services view={view} /> : <Clauses view={view} />}
          </>
        )}
      </Screen>
    </div>
  );
}

function Check({ view }: { view: PlanView }) {
  return view.faults.length === 0 ? (
    <Alert type="success" showIcon title={m.console_plan_check_ok()} />
  ) : (
    <Alert
      type="error"
      showIcon
      title={m.console_plan_check_faults({ n: String(view.faults.length) })}
      description={
        <ul>
          {view.faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      }
    />
  );
}

function Clauses({ view }: { view: PlanView }) {
  const [words, setWords] = useState('');
  const asked = words.trim().toLowerCase();
  const shown = view.clauses.filter((clause) =>
    [clause.id, clause.printed, clause.text, ...clause.enforcedBy].some((text) => text.toLowerCase().includes(asked)),
  );
  return (
    <>
      <div className="row" style={{ margin: '.7rem 0' }}>
        <Input.Search
          style={{ width: '22rem' }}
          aria-label={m.console_plan_search()}
          placeholder={m.console_plan_search()}
          allowClear
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <span className="meta" role="status">
          {m.console_work_count_of({ shown: String(shown.length), all: String(view.clauses.length) })}
        </span>
      </div>
      <div className="grid-frame">
        <table className="grid">
          <thead>
            <tr>
              <th>{m.console_clause()}</th>
              <th>{m.console_plan_text()}</th>
              <th>{m.console_plan_enforced()}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((clause) => (
              <tr key={clause.id}>
                <td className="nowrap">
                  {clause.printed}
                  <div className="meta">{clause.id}</div>
                </td>
                <td className="words">{clause.text}</td>
                <td>
                  {clause.enforcedBy.length === 0 ? (
                    <span className="meta">{m.console_plan_informs()}</span>
                  ) : (
                    clause.enforcedBy.map((by) => (
                      <span key={by} className="pill" style={{ marginRight: '.3rem' }}>
                        {enforcedWords(by)}
                      </span>
                    ))
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** What enforces a clause: the kind in words, then its code, by which the plan's file is searched. */
function enforcedWords(by: string): string {
  const [kind = '', code] = by.split(/:(.*)/);
  const kinds: Record<string, () => string> = {
    rule: m.console_enforced_rule,
    promise: m.console_enforced_promise,
    quota: m.console_enforced_quota,
    step: m.console_enforced_step,
    list: m.console_enforced_list,
    notice: m.console_enforced_notice,
    consent: m.console_enforced_consent,
    informs: m.console_plan_informs,
  };
  return [kinds[kind]?.() ?? kind, code].filter(Boolean).join(' ');
}

function Services({ view }: { view: PlanView }) {
  const [code, setCode] = useState(view.services[0]?.code);
  const service = view.services.find((one) => one.code === code);
  return (
    <>
      <Select
        aria-label={m.console_work_service()}
        style={{ width: '22rem', margin: '.7rem 0' }}
        value={code}
        options={view.services.map((one) => ({ value: one.code, label: one.name }))}
        onChange={setCode}
      />
      <div className="grid-frame">
        <table className="grid">
          <tbody>
            {(service?.rows ?? []).map((row) => (
              <tr key={`${row.label} ${row.value}`}>
                <th scope="row" style={{ position: 'static', width: '16rem', minWidth: '6rem', whiteSpace: 'normal' }}>
                  {row.label}
                </th>
                <td className="words">{row.value}</td>
                <td className="nowrap meta">{row.printed ?? row.clause ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
