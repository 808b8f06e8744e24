import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { BreachView, Role } from '../../shared/types.ts';
import { late } from '../../shared/words.ts';
import { useBreaches, useSession } from '../data/queries.ts';
import { byMoment, momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { More } from '../states/More.tsx';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';
import { type BreachAct, BreachDialog, causeName } from './BreachDialog.tsx';

/** Promises that were broken: by whom as proposed, confirmed by a person within two working days, appealed by the provider. */
export default function BreachesPage() {
  const breaches = useBreaches();
  const session = useSession();
  const [act, setAct] = useState<{ what: BreachAct; breach: BreachView } | null>(null);
  const role = session.data?.account.role;
  return (
    <div className="page">
      <div className="page-head">
        <h1>{m.console_nav_breaches()}</h1>
        <span className="meta">{m.console_breaches_what()}</span>
      </div>
      <Screen
        query={breaches}
        waiting={<Skeleton active paragraph={{ rows: 10 }} />}
        empty={{
          when: (rows) => rows.length === 0,
          title: m.console_breaches_none(),
          hint: m.console_breaches_none_hint(),
        }}
      >
        {(rows) => (
          <>
            <div className="grid-frame">
              <table className="grid">
                <thead>
                  <tr>
                    <th>{m.console_work_number()}</th>
                    <th>{m.console_clock_promise()}</th>
                    <th>{m.console_clock_due()}</th>
                    <th>{m.console_breach_late()}</th>
                    <th>{m.console_breach_cause()}</th>
                    <th>{m.console_breach_standing()}</th>
                    <th>{m.console_act()}</th>
                  </tr>
                </thead>
                <tbody>
                  {rows.map((breach) => (
                    <tr key={breach.id}>
                      <td className="nowrap">
                        <Link to={urls.case(breach.caseId)}>{breach.caseNumber}</Link>
                        <div className="meta">{breach.serviceName}</div>
                      </td>
                      <td>{breach.label}</td>
                      <td className="nowrap">{momentWords(breach.dueAt)}</td>
                      <td className="nowrap">
                        {breach.metAt ? (
                          late(breach.dueAt, breach.metAt)
                        ) : (
                          <span className="pill pill-late">{m.console_breach_unmet()}</span>
                        )}
                      </td>
                      <td>
                        {causeName(breach.confirmedCause ?? breach.proposedCause)}
                        {breach.provider ? <div className="meta">{breach.provider}</div> : null}
                      </td>
                      <td>
                        <Standing breach={breach} />
                      </td>
                      <td>
                        <div className="row">
                          {actsOf(breach, role).map((what) => (
                            <Button
                              key={what}
                              size="small"
                              type={what === 'confirm' ? 'primary' : 'default'}
                              onClick={() => setAct({ what, breach })}
                            >
                              {actName(what)}
                            </Button>
                          ))}
                        </div>
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <More query={breaches} />
          </>
        )}
      </Screen>
      {act ? <BreachDialog what={act.what} breach={act.breach} onClose={() => setAct(null)} /> : null}
    </div>
  );
}

function Standing({ breach }: { breach: BreachView }) {
  return (
    <>
      {breach.confirmedCause ? (
        <span>
          {m.console_breach_confirmed({
            who: breach.confirmedBy ?? '',
            at: breach.confirmedAt ? momentWords(breach.confirmedAt) : '',
          })}
        </span>
      ) : (
        <span className="pill pill-soon">{m.console_breach_to_confirm({ by: byMoment(breach.confirmBy) })}</span>
      )}
      {breach.appeal ? <div className="meta">{m.console_breach_appealed({ text: breach.appeal })}</div> : null}
      {breach.correction === 'none' ? null : (
        <div className="meta">
          {breach.correction === 'proposed' ? m.console_breach_correction_proposed() : m.console_breach_corrected()}
        </div>
      )}
    </>
  );
}

function actName(what: BreachAct): string {
  return {
    confirm: m.console_breach_confirm(),
    appeal: m.console_breach_appeal(),
    correct: m.console_breach_correct(),
  }[what];
}

/** Which buttons make sense for whom; the server refuses the rest. */
function actsOf(breach: BreachView, role: Role | undefined): BreachAct[] {
  const acts: BreachAct[] = [];
  if (role === 'operations' && !breach.confirmedCause) acts.push('confirm');
  if ((role === 'operations' || role === 'supervisor') && breach.correction === 'none') acts.push('correct');
  if (role === 'provider' && !breach.appeal) acts.push('appeal');
  return acts;
}
