import { Button, Skeleton } from 'antd';
import { useParams } from 'react-router';
import type { WorkItem } from '../../shared/types.ts';
import { CasePage } from '../case/CasePage.tsx';
import { useSession, useWorkList } from '../data/queries.ts';
import { m } from '../messages.ts';
import { worksMany } from '../shell/desks.ts';
import { More } from '../states/More.tsx';
import { Notice } from '../states/Notice.tsx';
import { Screen } from '../states/Screen.tsx';
import { HandOverDialog } from './HandOverDialog.tsx';
import { NARROWED_BY_NOTHING, useWorkFilter } from './use-work-filter.ts';
import { WorkFilters } from './WorkFilters.tsx';
import { WorkRows } from './WorkRows.tsx';
import './work.css';
import './work-narrow.css';

const NONE: readonly WorkItem[] = [];

/** A desk: the list, and beside it the case that is open. The list keeps its place, its filter and its focus. */
export function WorkPage() {
  const { caseId } = useParams();
  const role = useSession().data?.account.role;
  const [filter, change] = useWorkFilter();
  const list = useWorkList(filter);
  const { data } = list;
  // Without a desk in the address the server answers its first one; a search belongs to none.
  const desks = data?.desks ?? [];
  const here = filter.q ? undefined : (desks.find((desk) => desk.code === filter.desk) ?? desks[0]);
  const items = data?.items ?? NONE;
  const narrowed = Boolean(filter.q || filter.due || filter.step || filter.turn || filter.service);
  return (
    <div className={`desk ${caseId ? 'desk-open' : ''}`}>
      <section className="worklist" aria-label={m.console_work_label()}>
        <div className="worklist-head">
          <div className="row-between">
            <h1>{here?.label ?? m.console_work_title()}</h1>
            <span className="row">
              <span className="meta" role="status">
                {data ? countWords(data.total, data.all) : ''}
              </span>
              {role && worksMany(role) && !caseId ? <HandOverDialog /> : null}
            </span>
          </div>
          {filter.q ? <p className="meta">{m.console_work_searched({ q: filter.q })}</p> : null}
          {data ? (
            <WorkFilters choices={data.choices} filter={filter} change={change} compact={Boolean(caseId)} />
          ) : null}
        </div>
        <div className="worklist-scroll">
          <Screen
            query={list}
            waiting={<Skeleton active title={false} paragraph={{ rows: 14 }} style={{ padding: '1rem' }} />}
          >
            {() =>
              items.length === 0 ? (
                <Notice
                  tone="plain"
                  title={narrowed ? m.console_work_none_match() : m.console_work_empty()}
                  hint={narrowed ? undefined : m.console_work_empty_hint()}
                  action={
                    narrowed ? (
                      <Button onClick={() => change(NARROWED_BY_NOTHING)}>{m.console_work_clear()}</Button>
                    ) : undefined
                  }
                />
              ) : (
                <>
                  <WorkRows
                    items={items}
                    list={`${JSON.stringify(filter)} ${data?.pages} ${list.isPlaceholderData}`}
                    filter={filter}
                    openId={caseId}
                  />
                  <More query={list} />
                </>
              )
            }
          </Screen>
        </div>
      </section>
      {caseId ? <CasePage key={caseId} caseId={caseId} /> : null}
    </div>
  );
}

function countWords(shown: number, all: number): string {
  return shown === all
    ? m.console_work_count({ count: String(all) })
    : m.console_work_count_of({ shown: String(shown), all: String(all) });
}
