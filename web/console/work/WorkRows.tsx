import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { WorkItem } from '../../shared/types.ts';
import { CallDialog } from '../case/CallDialog.tsx';
import { useSession } from '../data/queries.ts';
import { m } from '../messages.ts';
import { worksMany } from '../shell/desks.ts';
import { useKeys } from '../shell/use-keys.ts';
import { urls, type WorkFilter } from '../urls.ts';
import { ChosenBar } from './ChosenBar.tsx';
import { useSteadyRows } from './steady-rows.ts';
import { WorkColumn, WorkTable } from './WorkTable.tsx';

type WorkRowsProps = {
  items: readonly WorkItem[];
  /** What list this is: another one begins anew. */
  list: string;
  filter: WorkFilter;
  openId: string | undefined;
};

/** The rows with j, k, x and c; the focus is on a real link, so that Enter and a screen reader work by themselves. */
export function WorkRows({ items, list, filter, openId }: WorkRowsProps) {
  const role = useSession().data?.account.role;
  const navigate = useNavigate();
  const frame = useRef<HTMLDivElement>(null);
  const [inside, setInside] = useState(false);
  const [here, setHere] = useState(openId);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [calling, setCalling] = useState<string | null>(null);
  const { rows, moved, release } = useSteadyRows(items, list, inside || chosen.size > 0);
  const many = role !== undefined && worksMany(role) && !openId;
  const choose = (ids: readonly string[], on: boolean) =>
    setChosen((now) => {
      const next = new Set(now);
      for (const id of ids) on ? next.add(id) : next.delete(id);
      return next;
    });
  // What is not on the screen is not acted on.
  const shown = new Set(items.map(({ id }) => id));
  const marked = [...chosen].filter((id) => shown.has(id));

  const index = rows.findIndex(({ item }) => item.id === here);
  const focusRow = (to: number) => {
    const row = rows[Math.min(rows.length - 1, Math.max(0, to))];
    if (!row) return;
    setHere(row.item.id);
    frame.current?.querySelector<HTMLElement>(`[data-case="${row.item.id}"]`)?.focus();
  };
  const onRow = () => document.activeElement?.closest('[data-worklist]') !== null;
  useKeys({
    j: () => focusRow(onRow() ? index + 1 : Math.max(0, index)),
    k: () => focusRow(onRow() ? index - 1 : Math.max(0, index)),
    x: () => many && here && choose([here], !chosen.has(here)),
    c: () => many && here && index >= 0 && setCalling(here),
    Escape: () => openId && !document.querySelector('[data-viewer]') && navigate(urls.work(filter)),
  });
  useEffect(() => {
    if (openId) frame.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [openId]);
  const seen = { rows, filter, here, onHere: setHere };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: whether somebody works in the list only keeps its order
    <div
      ref={frame}
      onMouseEnter={() => setInside(true)}
      onMouseLeave={() => setInside(false)}
      onFocus={() => setInside(true)}
      onBlur={() => setInside(false)}
    >
      {many && marked.length > 0 ? <ChosenBar ids={marked} onClear={() => setChosen(new Set())} /> : null}
      {moved > 0 ? (
        <div className="work-moved" role="status">
          <Button size="small" onClick={release}>
            {m.console_work_moved({ n: String(moved) })}
          </Button>
        </div>
      ) : null}
      {openId ? (
        <WorkColumn {...seen} openId={openId} />
      ) : (
        <WorkTable {...seen} many={many ? { chosen, choose } : undefined} onCall={setCalling} />
      )}
      {calling ? <CallDialog caseId={calling} onClose={() => setCalling(null)} /> : null}
    </div>
  );
}
