import { Button, Skeleton } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { CasePage } from '../case/CasePage.tsx';
import { useWorkList } from '../data/queries.ts';
import { m } from '../messages.ts';
import { useKeys } from '../shell/use-keys.ts';
import { Notice } from '../states/Notice.tsx';
import { Screen } from '../states/Screen.tsx';
import { urls } from '../urls.ts';
import { narrow, type Work } from './narrow.ts';
import { useWorkFilter } from './use-work-filter.ts';
import { WorkFilters } from './WorkFilters.tsx';
import { WorkColumn, WorkTable } from './WorkTable.tsx';
import './work.css';

/** A desk: the list, and beside it the case that is open. The list keeps its place, its filter and its focus. */
export function WorkPage() {
  const { caseId } = useParams();
  const [filter, change] = useWorkFilter();
  const list = useWorkList(filter);
  // Without a desk in the address the server answers its first one; a search belongs to none.
  const desks = list.data?.desks ?? [];
  const here = filter.q ? undefined : (desks.find((desk) => desk.code === filter.desk) ?? desks[0]);
  const items = list.data ? narrow(list.data.items, filter) : [];
  return (
    <div className={`desk ${caseId ? 'desk-open' : ''}`}>
      <section className="worklist" aria-label={m.console_work_label()}>
        <div className="worklist-head">
          <div className="row-between">
            <h1>{here?.label ?? m.console_work_title()}</h1>
            <span className="meta" role="status">
              {list.data ? countWords(items.length, list.data.items.length, list.hasNextPage) : ''}
            </span>
          </div>
          {filter.q ? <p className="meta">{m.console_work_searched({ q: filter.q })}</p> : null}
          <WorkFilters items={list.data?.items ?? []} filter={filter} change={change} compact={Boolean(caseId)} />
        </div>
        <div className="worklist-scroll">
          <Screen
            query={list}
            waiting={<Skeleton active title={false} paragraph={{ rows: 14 }} style={{ padding: '1rem' }} />}
          >
            {(data) =>
              items.length === 0 ? (
                <Notice
                  tone="plain"
                  title={data.items.length === 0 && !filter.q ? m.console_work_empty() : m.console_work_none_match()}
                  hint={data.items.length === 0 && !filter.q ? m.console_work_empty_hint() : undefined}
                  action={
                    data.items.length > 0 || filter.q ? (
                      <Button onClick={() => change({ service: '', turn: '', clock: '', q: '' })}>
                        {m.console_work_clear()}
                      </Button>
                    ) : undefined
                  }
                />
              ) : (
                <>
                  <Rows items={items} openId={caseId} />
                  {list.hasNextPage ? (
                    <div className="work-more">
                      <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                        {m.console_more()}
                      </Button>
                    </div>
                  ) : null}
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

function countWords(shown: number, loaded: number, more: boolean | undefined): string {
  const all = more ? `${loaded}+` : String(loaded);
  return shown === loaded
    ? m.console_work_count({ count: all })
    : m.console_work_count_of({ shown: String(shown), all });
}

type RowsProps = { items: readonly Work[]; openId: string | undefined };

/** The rows with j and k; the focus is on a real link, so that Enter and a screen reader work by themselves. */
function Rows({ items, openId }: RowsProps) {
  const [filter] = useWorkFilter();
  const navigate = useNavigate();
  const frame = useRef<HTMLDivElement>(null);
  const [here, setHere] = useState(() =>
    Math.max(
      0,
      items.findIndex((item) => item.id === openId),
    ),
  );
  const focusRow = (index: number) => {
    const row = Math.min(items.length - 1, Math.max(0, index));
    setHere(row);
    frame.current?.querySelector<HTMLElement>(`[data-row="${row}"]`)?.focus();
  };
  const onRow = () => document.activeElement?.closest('[data-worklist]') !== null;
  useKeys({
    j: () => focusRow(onRow() ? here + 1 : here),
    k: () => focusRow(onRow() ? here - 1 : here),
    Escape: () => openId && !document.querySelector('[data-viewer]') && navigate(urls.work(filter)),
  });
  useEffect(() => {
    if (openId) frame.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [openId]);
  return (
    <div ref={frame}>
      {openId ? (
        <WorkColumn items={items} filter={filter} here={here} onHere={setHere} openId={openId} />
      ) : (
        <WorkTable items={items} filter={filter} here={here} onHere={setHere} />
      )}
    </div>
  );
}
