import { Link, Navigate } from 'react-router';
import { usePlans } from '../data/queries.ts';
import { m } from '../messages.ts';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';

/** The plans that are in force or were; a single one opens at once, without a list that would only flash by. */
export default function PlansPage() {
  const plans = usePlans();
  const only = plans.data?.length === 1 ? plans.data[0] : undefined;
  if (only) return <Navigate replace to={urls.plan(only.plan, only.edition)} />;
  return (
    <div className="page">
      {plans.isPending ? null : (
        <div className="page-head">
          <h1>{m.console_nav_plans()}</h1>
        </div>
      )}
      <Screen query={plans} empty={{ when: (rows) => rows.length === 0, title: m.console_plans_none() }}>
        {(rows) => (
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
        )}
      </Screen>
    </div>
  );
}
