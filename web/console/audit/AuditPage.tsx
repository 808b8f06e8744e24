import { Button, DatePicker, Form, Input, Skeleton } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useNavigate, useSearchParams } from 'react-router';
import type { AuditEntry } from '../../shared/types.ts';
import { useAudit } from '../data/queries.ts';
import { momentWords, valueWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { roleName } from '../shell/desks.ts';
import { More } from '../states/More.tsx';
import { Screen } from '../states/Screen.tsx';
import { type AuditFilter, urls } from '../urls.ts';
import { VerifyAudit } from './VerifyAudit.tsx';

const TEXTS = ['person', 'case', 'actor'] as const;
type Entry = { person?: string; case?: string; actor?: string; day?: Dayjs };

/** The audit searched by person, case, actor and day; the search stands in the address. */
export default function AuditPage() {
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const filter: AuditFilter = Object.fromEntries([...params].filter(([, value]) => value));
  const entries = useAudit(filter);
  const labels = { person: m.console_audit_person(), case: m.console_audit_case(), actor: m.console_audit_actor_id() };
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_nav_audit()}</h1>
        <span className="meta">{m.console_audit_what()}</span>
      </div>
      <VerifyAudit />
      <Form<Entry>
        key={params.toString()}
        layout="inline"
        style={{ margin: '.9rem 0', rowGap: 8 }}
        initialValues={{ ...filter, day: filter.day ? dayjs(filter.day) : undefined }}
        onFinish={({ day, ...texts }) => navigate(urls.audit({ ...trimmed(texts), day: day?.format('YYYY-MM-DD') }))}
      >
        {TEXTS.map((name) => (
          <Form.Item key={name} name={name} label={labels[name]}>
            <Input allowClear maxLength={64} style={{ width: '12rem' }} autoComplete="off" />
          </Form.Item>
        ))}
        <Form.Item name="day" label={m.console_audit_day()}>
          <DatePicker />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          {m.search()}
        </Button>
      </Form>
      <Screen
        query={entries}
        waiting={<Skeleton active paragraph={{ rows: 12 }} />}
        empty={{ when: (rows) => rows.length === 0, title: m.console_audit_none(), hint: m.console_audit_none_hint() }}
      >
        {(rows) => (
          <>
            <div className="grid-frame">
              <table className="grid">
                <thead>
                  <tr>
                    <th>{m.console_audit_at()}</th>
                    <th>{m.console_audit_actor()}</th>
                    <th>{m.console_audit_action()}</th>
                    <th>{m.console_audit_subject()}</th>
                    <th>{m.console_audit_details()}</th>
                    <th>{m.console_audit_sealed()}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((entry) => (
                    <Row key={entry.id} entry={entry} />
                  ))}
                </tbody>
              </table>
            </div>
            <More query={entries} />
          </>
        )}
      </Screen>
    </div>
  );
}

function trimmed(texts: Omit<Entry, 'day'>): AuditFilter {
  return Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, value?.trim()]));
}

function Row({ entry }: { entry: AuditEntry }) {
  return (
    <tr>
      <td className="nowrap">{momentWords(entry.at)}</td>
      <td className="nowrap">
        {entry.actor}
        <div className="meta">{roleWords(entry.actorRole)}</div>
      </td>
      <td>{entry.actionLabel}</td>
      <td>
        {entry.caseNumber ?? entry.subjectName}
        {entry.person ? <div className="meta">{entry.person}</div> : null}
      </td>
      <td className="words">
        {entry.details.map((detail) => `${detail.label} ${valueWords(detail.value)}`).join(m.console_comma())}
      </td>
      <td className="nowrap">
        {entry.sealed ? m.console_audit_sealed_yes() : <span className="meta">{m.console_audit_sealed_no()}</span>}
      </td>
    </tr>
  );
}

/** A role in words; the system's own acts come with no role of ours. */
function roleWords(role: string): string {
  return role === 'system' ? m.console_role_system() : roleName(role as Parameters<typeof roleName>[0]);
}
