import { Button } from 'antd';
import { useState } from 'react';
import { foldClocks } from '../../shared/fold-clocks.ts';
import { readFields } from '../../shared/form/fields.ts';
import { getLocale } from '../../shared/paraglide/runtime.js';
import type { AllowedEvent, CaseView, ClockView } from '../../shared/types.ts';
import { ClockCard } from '../clocks/ClockCard.tsx';
import { ExplainClock } from '../clocks/ExplainClock.tsx';
import { Counter } from '../counter/Counter.tsx';
import { useSession } from '../data/queries.ts';
import { m } from '../messages.ts';
import { AttachPaper } from '../papers/AttachPaper.tsx';
import { EventForm, type Written } from './EventForm.tsx';
import type { Opened } from './opened.ts';
import { ProposeCorrection } from './ProposeCorrection.tsx';

type ActColumnProps = {
  view: CaseView;
  opened: Opened | null;
  onOpen: (opened: Opened | null) => void;
  /** Forms, by event, that somebody began before they could be sent, and who hears of each change. */
  written?: Record<string, Written>;
};

/** How long yet, and what I can do now. The server says what; nothing here decides it. */
export function ActColumn({ view, opened, onOpen, written }: ActColumnProps) {
  const role = useSession().data?.account.role;
  const [explained, setExplained] = useState<string | null>(null);
  const [closed, setClosed] = useState(false);
  const open = foldClocks(view.clocks.filter(isOpen));
  const over = foldClocks(view.clocks.filter((clock) => !isOpen(clock)));
  const primaries = view.allowed.filter((event) => event.weight === 'primary');
  // The one thing to do stands open by itself, until somebody closes it.
  const shown =
    opened ?? (primaries.length === 1 && !closed ? { event: primaries[0]!, version: view.version, start: {} } : null);
  const show = (event: AllowedEvent) => onOpen({ event, version: view.version, start: {} });
  const close = () => {
    setClosed(true);
    onOpen(null);
  };
  const rest = view.allowed.filter((event) => event.type !== shown?.event.type);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the column scrolls by itself and must be reachable by keyboard
    <section className="col col-act" aria-label={m.console_act()} tabIndex={0}>
      <h2>{m.console_clocks()}</h2>
      {open.length === 0 ? <p className="meta">{m.console_clocks_none()}</p> : null}
      <ul>
        {open.map(({ clock, times }) => (
          <ClockCard key={clock.id} clock={clock} times={times} onExplain={() => setExplained(clock.id)} />
        ))}
      </ul>
      {over.length > 0 ? (
        <details>
          <summary className="meta">{m.console_clocks_over({ n: String(over.length) })}</summary>
          <ul style={{ marginTop: '.4rem' }}>
            {over.map(({ clock, times }) => (
              <ClockCard key={clock.id} clock={clock} times={times} onExplain={() => setExplained(clock.id)} />
            ))}
          </ul>
        </details>
      ) : null}
      <h2>{m.console_act()}</h2>
      {shown && isUpload(shown.event) ? (
        <section className="act-open" aria-label={shown.event.label}>
          <h3>{shown.event.label}</h3>
          <AttachPaper caseId={view.id} kinds={view.papers.map(({ kind, kindName }) => ({ kind, name: kindName }))} />
        </section>
      ) : null}
      {shown?.event.type === COUNTER ? <Counter view={view} event={shown.event} onClose={close} /> : null}
      {shown && shown.event.type !== COUNTER && !isUpload(shown.event) ? (
        <EventForm
          key={`${shown.event.type} ${JSON.stringify(shown.start)}`}
          view={view}
          opened={shown}
          written={written?.[shown.event.type]}
          onClose={close}
        />
      ) : null}
      {rest.map((event) => (
        <Button
          key={event.type}
          block
          className="act-closed"
          type={event.weight === 'primary' && !shown ? 'primary' : 'default'}
          danger={event.weight === 'costly'}
          onClick={() => show(event)}
        >
          {event.label}
        </Button>
      ))}
      {view.allowed.length === 0 ? (
        <p className="meta">{view.final ? m.console_act_final() : m.console_act_none({ who: view.turn.label })}</p>
      ) : null}
      {role === 'supervisor' || role === 'reviewer' ? <ProposeCorrection caseId={view.id} /> : null}
      <ExplainClock clock={view.clocks.find(({ id }) => id === explained) ?? null} onClose={() => setExplained(null)} />
    </section>
  );
}

/** Done at the counter of a pharmacy, on a phone: a screen of its own asks for it in that order. */
const COUNTER = 'handOverDrug';

/** What it asks for is a file that is not here yet: it is done by handing that file in. */
const isUpload = (event: AllowedEvent): boolean =>
  readFields(event.schema, getLocale()).some(({ reference }) => reference?.to === 'paper' && reference.kind === 'mine');

function isOpen(clock: ClockView): boolean {
  return clock.state === 'running' || clock.state === 'soon' || clock.state === 'standing' || clock.state === 'late';
}
