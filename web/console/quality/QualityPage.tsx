import { DownloadOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Bar, BarChart, CartesianGrid, LabelList, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { get } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { QualityView } from '../../shared/types.ts';
import { momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';

/** What members say of the services: the plot to look at, the table to read, the low ones to follow up. */
export default function QualityPage() {
  const quality = useQuery({
    queryKey: keys.quality,
    queryFn: ({ signal }) => get<QualityView>('/api/service-quality', {}, signal),
  });
  const [service, setService] = useState<string | null>(null);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_nav_quality()}</h1>
        <span className="meta">{m.console_quality_what()}</span>
        <Button icon={<DownloadOutlined />} href="/api/service-quality/export">
          {m.console_quality_export()}
        </Button>
      </div>
      <Screen
        query={quality}
        waiting={<Skeleton active paragraph={{ rows: 10 }} />}
        empty={{
          when: ({ items }) => items.length === 0,
          title: m.console_quality_none(),
          hint: m.console_quality_none_hint(),
        }}
      >
        {(view) => (
          <>
            <div className="row" style={{ marginBottom: '.7rem' }}>
              <label htmlFor="quality-service">{m.console_work_service()}</label>
              <Select
                id="quality-service"
                value={service ?? ''}
                popupMatchSelectWidth={false}
                style={{ minWidth: '12rem' }}
                onChange={(code: string) => setService(code || null)}
                options={[
                  { value: '', label: m.console_quality_all() },
                  ...view.services.map(({ code, label }) => ({ value: code, label })),
                ]}
              />
            </div>
            <Months view={view} service={service} />
            <Figures view={view} service={service} />
            {view.low.length > 0 ? <Low rows={view.low} /> : null}
          </>
        )}
      </Screen>
    </div>
  );
}

const mean = (value: number | null): string => (value === null ? '–' : value.toFixed(2));

function Months({ view, service }: { view: QualityView; service: string | null }) {
  const rows = view.months.filter((one) => one.service === service).map((one) => ({ ...one, words: mean(one.mean) }));
  return (
    <figure className="plot" aria-label={m.console_quality_plot()}>
      <figcaption className="meta">{m.console_quality_plot()}</figcaption>
      <ResponsiveContainer width="100%" height={220}>
        <BarChart data={rows} margin={{ top: 18, right: 8, bottom: 0, left: -16 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis dataKey="month" tickLine={false} stroke="var(--ink-2)" />
          <YAxis domain={[0, 5]} ticks={[1, 2, 3, 4, 5]} tickLine={false} stroke="var(--ink-2)" />
          <Bar dataKey="mean" fill="var(--brand)" isAnimationActive={false} maxBarSize={64}>
            <LabelList dataKey="words" position="top" fill="var(--ink)" />
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </figure>
  );
}

function Figures({ view, service }: { view: QualityView; service: string | null }) {
  const rows = view.items.filter((one) => service === null || one.service === service);
  return (
    <>
      <div className="grid-frame">
        <table className="grid">
          <thead>
            <tr>
              <th>{m.console_quality_month()}</th>
              <th>{m.console_work_service()}</th>
              <th>{m.console_quality_provider()}</th>
              <th className="num">{m.console_quality_asked()}</th>
              <th className="num">{m.console_quality_answered()}</th>
              <th className="num">{m.console_quality_mean()}</th>
              {[5, 4, 3, 2, 1].map((stars) => (
                <th key={stars} className="num">
                  {m.console_quality_stars({ n: String(stars) })}
                </th>
              ))}
              <th>{m.console_quality_reasons()}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.month} ${row.service} ${row.provider}`}>
                <td className="nowrap">{row.month}</td>
                <td>{row.serviceName}</td>
                <td>{row.providerName}</td>
                <td className="num">{row.asked}</td>
                <td className="num">{row.answered}</td>
                <td className="num">{mean(row.mean)}</td>
                {[5, 4, 3, 2, 1].map((stars) => (
                  <td key={stars} className="num">
                    {row.distribution?.[stars - 1] ?? '–'}
                  </td>
                ))}
                <td className="words">
                  {row.reasons.map(({ label, count }) => `${label} ${count}`).join(m.console_and())}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="meta">{m.console_quality_small({ n: String(view.smallest) })}</p>
    </>
  );
}

function Low({ rows }: { rows: QualityView['low'] }) {
  return (
    <section className="section" aria-label={m.console_quality_low()}>
      <h2>{m.console_quality_low()}</h2>
      <table className="grid">
        <thead>
          <tr>
            <th>{m.console_work_number()}</th>
            <th>{m.console_work_service()}</th>
            <th className="num">{m.console_quality_given()}</th>
            <th>{m.console_quality_reasons()}</th>
            <th>{m.console_quality_said_at()}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.caseId}>
              <td className="nowrap">
                <Link to={urls.case(row.caseId)}>{row.number}</Link>
              </td>
              <td>{row.serviceName}</td>
              <td className="num">{row.stars}</td>
              <td className="words">{row.reasons.join(m.console_and())}</td>
              <td className="nowrap">{momentWords(row.saidAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
