import { Link, Navigate } from 'react-router';
import { usePlans } from '../data/queries.ts';
import { m } from '../messages.ts';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';

/** The plans that are in force or were; a single one opens at once. */
export default function PlansPage() {
  const plans = usePlans();
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_nav_plans()}</h1>
      </div>
      <Screen query={plans} empty={{ when: (rows) => rows.length === 0, title: m.console_plans_none() }}>
        {(rows) =>
          rows.length === 1 ? (
            <Navigate replace to={urls.plan(rows[0]!.plan, rows[0]!.edition)} />
          ) : (
            <div className="grid-frame">
              <table className="grid">
                <thead>
                  <tr>
                    <th>{m.console_policy_plan()}</th>
                    <th>{m.console_plan_edition()}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((row) => (
                    <tr key={`${row.plan} ${row.edition}`}>
                      <td>
                        <Link to={urls.plan(row.plan, row.edition)}>{row.name}</Link>
                      </td>
                      <td>{row.edition}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )
        }
      </Screen>
    </div>
  );
}
