import { Alert, App, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { post } from '../../shared/api.ts';
import { formatMoney } from '../../shared/format.ts';
import { keys } from '../../shared/keys.ts';
import type { HospitalPackageView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { useHospitalPackages } from '../data/queries.ts';
import { m } from '../messages.ts';
import { Screen } from '../states/Screen.tsx';
import { PackageForm } from './PackageForm.tsx';

/** The check-up packages that this hospital offers: written, changed and taken off by its own desk. */
export function Packages() {
  const { message } = App.useApp();
  const found = useHospitalPackages();
  /** Null: a new one. */
  const [editing, setEditing] = useState<HospitalPackageView | null | undefined>();
  const drop = useAction(
    (name: string, key) => post<{ closed: number; told: number }>('/api/hospital/packages/drop', { name }, key),
    {
      refresh: [keys.hospitalPackages, ['hospital-day'], keys.worklist],
      onDone: ({ closed, told }) =>
        void message.success(m.console_hospital_package_dropped({ n: String(closed), told: String(told) })),
    },
  );
  return (
    <section aria-label={m.console_hospital_packages()} style={{ marginTop: '1.5rem' }}>
      <div className="page-head">
        <h2>{m.console_hospital_packages()}</h2>
        <Button onClick={() => setEditing(null)}>{m.console_hospital_package_add()}</Button>
      </div>
      {drop.error ? <Alert type="error" showIcon role="alert" title={problemText(drop.error)} /> : null}
      <Screen
        query={found}
        empty={{
          when: ({ items }) => items.length === 0,
          title: m.console_hospital_packages_none(),
          hint: m.console_hospital_packages_none_hint(),
        }}
      >
        {({ items }) => (
          <div className="grid-frame">
            <table className="grid">
              <thead>
                <tr>
                  <th>{m.console_hospital_package_name()}</th>
                  <th>{m.console_hospital_package_for()}</th>
                  <th>{m.console_hospital_packages_includes()}</th>
                  <th>{m.console_hospital_package_prepare()}</th>
                  <th className="num">{m.console_hospital_packages_price()}</th>
                  <th>{m.console_hospital_package_place()}</th>
                  <th>{m.console_hospital_packages_acts()}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((one) => (
                  <tr key={one.name}>
                    <td>
                      {one.name} {one.sample ? <span className="pill">{m.console_sample()}</span> : null}
                    </td>
                    <td>{one.forWhom}</td>
                    <td>{one.includes.join('、')}</td>
                    <td>{one.prepare}</td>
                    <td className="num">
                      {one.price === null ? m.console_hospital_package_ask_there() : formatMoney(one.price)}
                    </td>
                    <td>{one.place}</td>
                    <td className="nowrap">
                      <Button
                        size="small"
                        aria-label={m.console_hospital_package_edit_of({ name: one.name })}
                        onClick={() => setEditing(one)}
                      >
                        {m.console_hospital_package_edit()}
                      </Button>{' '}
                      <Popconfirm
                        title={m.console_hospital_package_drop_sure()}
                        okText={m.console_hospital_package_drop()}
                        cancelText={m.cancel()}
                        onConfirm={() => drop.start(one.name)}
                      >
                        <Button
                          size="small"
                          danger
                          disabled={drop.running}
                          aria-label={m.console_hospital_package_drop_of({ name: one.name })}
                        >
                          {m.console_hospital_package_drop()}
                        </Button>
                      </Popconfirm>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Screen>
      {editing === undefined ? null : <PackageForm before={editing} onClose={() => setEditing(undefined)} />}
    </section>
  );
}
