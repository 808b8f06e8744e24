import { Button, Skeleton } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import type { BenefitCard, PersonFile } from '../../shared/types.ts';
import { RevealPerson } from '../case/RevealPerson.tsx';
import { CallerComplaints } from '../complaints/CallerComplaints.tsx';
import { useBenefits, usePersonFile } from '../data/queries.ts';
import { dayWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';
import { ChangePhone } from './ChangePhone.tsx';
import { joinRoles, personsOf, policyState } from './policy-words.ts';

/** The caller's file after a passed check: policies, what each service allows and why not, and the cases. */
export function PersonPage() {
  const { personId = '' } = useParams();
  const file = usePersonFile(personId);
  const benefits = useBenefits(personId);
  return (
    <div className="page">
      <Screen query={file}>
        {(data) => (
          <>
            <div className="page-head">
              <h1>{data.person.name}</h1>
              <span className="meta">{m.console_person_checked()}</span>
              {data.person.masked ? <RevealPerson personId={personId} /> : null}
              <ChangePhone personId={personId} />
              <Link to={urls.find()}>{m.console_find_next_caller()}</Link>
            </div>
            <Policies file={data} />
            <section className="section">
              <h2>{m.console_person_cases()}</h2>
              {data.cases.length === 0 ? <p className="meta">{m.console_person_no_cases()}</p> : null}
              <ul>
                {data.cases.map((one) => (
                  <li key={one.id}>
                    <Link to={urls.case(one.id)}>{one.number}</Link> {one.serviceName} · {one.stateLabel}
                  </li>
                ))}
              </ul>
            </section>
            <CallerComplaints personId={personId} cases={data.cases} />
          </>
        )}
      </Screen>
      <section className="section">
        <h2>{m.console_benefits()}</h2>
        <Screen
          query={benefits}
          waiting={<Skeleton active paragraph={{ rows: 5 }} />}
          empty={{ when: (cards) => cards.length === 0, title: m.console_benefits_none() }}
        >
          {(cards) => (
            <div className="grid-frame">
              <table className="grid">
                <thead>
                  <tr>
                    <th>{m.console_work_service()}</th>
                    <th>{m.console_person_whose()}</th>
                    <th>{m.console_benefit_state()}</th>
                    <th className="num">{m.console_benefit_left()}</th>
                    <th>{m.console_benefit_why()}</th>
                    <th>
                      <span className="visually-hidden">{m.console_act()}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {cards.map((card) => (
                    <Benefit
                      key={`${card.service} ${card.policyId} ${card.person.id}`}
                      card={card}
                      // Who was checked is known by name; masked she could be taken for her child.
                      name={card.person.id === personId ? (file.data?.person.name ?? '') : card.person.name}
                    />
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </Screen>
      </section>
    </div>
  );
}

function Policies({ file }: { file: PersonFile }) {
  return (
    <section className="section">
      <h2>{m.console_policies()}</h2>
      <table className="grid">
        <thead>
          <tr>
            <th>{m.console_policy_no()}</th>
            <th>{m.console_policy_plan()}</th>
            <th>{m.console_policy_role()}</th>
            <th>{m.console_policy_state()}</th>
            <th>{m.console_policy_term()}</th>
            <th>{m.console_policy_persons()}</th>
          </tr>
        </thead>
        <tbody>
          {joinRoles(file.policies).map((policy) => (
            <tr key={policy.id}>
              <td className="nowrap">{policy.policyNo}</td>
              <td>{policy.planName}</td>
              <td>{policy.roles.join(m.console_comma())}</td>
              <td>{policyState(policy.state)}</td>
              <td>
                {dayWords(policy.effectiveFrom, false)} – {dayWords(policy.expiresOn, false)}
              </td>
              <td>
                {personsOf(policy)
                  .map(({ name, roles }) => m.console_with_count({ what: name, count: roles.join(m.console_comma()) }))
                  .join(m.console_comma())}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Benefit({ card, name }: { card: BenefitCard; name: string }) {
  const navigate = useNavigate();
  const here = card.usable && card.state !== 'hotline-only';
  const tone = here ? 'pill-done' : card.state === 'later' ? 'pill-soon' : '';
  return (
    <tr>
      <td>
        <b style={{ fontWeight: 620 }}>{card.name}</b>
        <div className="meta">{card.gives}</div>
      </td>
      <td className="nowrap">{name}</td>
      <td>
        <span className={`pill ${tone}`}>{card.stateLabel}</span>
      </td>
      <td className="num">
        {card.limit === null ? m.console_benefit_no_limit() : `${card.remaining ?? 0} / ${card.limit}`}
      </td>
      <td>
        {card.reasons.map((reason) => (
          <p key={reason.rule}>
            {reason.message} <small className="meta">{reason.printed ?? reason.clause}</small>
          </p>
        ))}
        {card.usable && card.needs.length > 0 ? (
          <p className="meta">{m.console_benefit_needs({ needs: card.needs.join(m.console_comma()) })}</p>
        ) : null}
      </td>
      <td className="nowrap">
        {card.openCaseId ? (
          <Link to={urls.case(card.openCaseId)}>{m.console_open_case()}</Link>
        ) : card.online ? (
          <Button
            size="small"
            type={card.usable ? 'primary' : 'default'}
            onClick={() => navigate(urls.request(card.person.id, card.policyId, card.service))}
          >
            {card.usable ? m.console_request_file() : m.console_request_try()}
          </Button>
        ) : null}
      </td>
    </tr>
  );
}
