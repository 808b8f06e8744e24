import { NavLink, useLocation, useSearchParams } from 'react-router';
import type { SessionView } from '../../shared/types.ts';
import { useDesks } from '../data/queries.ts';
import { m } from '../messages.ts';
import { urls } from '../urls.ts';
import { listTools, roleName, worksCases } from './desks.ts';

/** Left: the desks this role has; the counts come with the work list itself and therefore agree with it. */
export function Nav({ session }: { session: SessionView }) {
  const { role } = session.account;
  const works = worksCases(role);
  const desks = useDesks(works);
  const shown = desks ?? [];
  const [params] = useSearchParams();
  const inWork = useLocation().pathname.includes('/work');
  // A search is asked of everything and belongs to no desk.
  const here = inWork ? (params.get('desk') ?? (params.get('q') ? undefined : shown[0]?.code)) : undefined;
  const tools = listTools(role);
  return (
    <nav className="nav" aria-label={m.console_nav_label()}>
      <p className="nav-brand">
        医路 <span>{m.console_brand_desk()}</span>
      </p>
      {works ? (
        <>
          <h2>{roleName(role)}</h2>
          {shown.map((desk) => (
            <NavLink
              key={desk.code}
              to={urls.work({ desk: desk.code })}
              className={desk.code === here ? 'on' : ''}
              aria-current={desk.code === here ? 'page' : undefined}
            >
              {desk.label}
              <span>{desk.count}</span>
            </NavLink>
          ))}
        </>
      ) : null}
      {tools.length > 0 ? <h2>{works ? m.console_nav_more() : roleName(role)}</h2> : null}
      {tools.map((tool) => (
        <NavLink key={tool.to} to={tool.to} className={({ isActive }) => (isActive ? 'on' : '')}>
          {tool.label()}
        </NavLink>
      ))}
    </nav>
  );
}
