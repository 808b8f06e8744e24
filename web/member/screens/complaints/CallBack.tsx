import { useState } from 'react';
import { post } from '../../../shared/api.ts';
import { dayOf } from '../../../shared/format.ts';
import { keys } from '../../../shared/keys.ts';
import { serverNow } from '../../../shared/now.ts';
import { m } from '../../../shared/paraglide/messages.js';
import type { CallBackView, MyCallBacks } from '../../../shared/types.ts';
import { useAction } from '../../../shared/use-action.ts';
import { day, moment } from '../../../shared/words.ts';
import { useDraft } from '../../data/use-draft.ts';
import { Options } from '../../form/Control.tsx';
import { DraftNote } from '../../pieces/DraftNote.tsx';
import { Chip, type Tone } from '../../ui/Chip.tsx';
import { Field, FieldGroup } from '../../ui/Field.tsx';
import { ActionFault } from '../../ui/Loaded.tsx';
import { type About, namedIn } from './about.ts';

const isOpen = ({ state }: CallBackView) => state === 'waiting' || state === 'taken';
const isAbout = (one: CallBackView, { caseId, decisionId, service }: About) =>
  one.caseId === (caseId ?? null) && one.decisionId === (decisionId ?? null) && one.service === (service ?? null);

/** What was asked for already, and asking for a call: when, to which number, about what. */
export function CallBack({ mine, about }: { mine: MyCallBacks; about: About }) {
  const asked = mine.items.some((one) => isOpen(one) && isAbout(one, about));
  return (
    <section className="card mt-3" aria-label={m.help_call_title()}>
      <h2 className="text-lg font-semibold">{m.help_call_title()}</h2>
      <p className="mt-1 text-ink-2">{m.help_call_text(mine.hours)}</p>
      {mine.items.length > 0 && (
        <ul className="mt-2 divide-y divide-line" aria-label={m.help_call_state()}>
          {mine.items.map((one) => (
            <Asked key={one.id} call={one} />
          ))}
        </ul>
      )}
      {!asked &&
        (mine.windows.length === 0 ? <p className="mt-2">{m.help_call_none()}</p> : <Ask mine={mine} about={about} />)}
    </section>
  );
}

function stateOf(call: CallBackView): [Tone, string] {
  if (call.state === 'withdrawn') return ['quiet', m.help_call_withdrawn()];
  if (call.outcome === 'not-reached') return ['late', m.help_call_missed()];
  if (call.state === 'closed') return ['done', m.help_call_closed()];
  if (call.state === 'taken') return ['brand', m.help_call_taken()];
  return ['soon', call.tries > 0 ? m.help_call_again() : m.help_call_waiting()];
}
/** 今天上午, 11月19日上午. */
function whenWords(when: { day: string; part: 'morning' | 'afternoon' }, today = false): string {
  if (today) return when.part === 'morning' ? m.help_call_today_morning() : m.help_call_today_afternoon();
  const named = { day: day(when.day) };
  return when.part === 'morning' ? m.help_call_morning(named) : m.help_call_afternoon(named);
}

function Asked({ call }: { call: CallBackView }) {
  const [tone, words] = stateOf(call);
  const back = useAction((_: string, key) => post(`/api/call-backs/${call.id}/withdraw`, undefined, key), {
    refresh: [keys.callBacks],
  });
  return (
    <li className="py-2">
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <span>
          {call.about && <span className="block font-medium">{call.about}</span>}
          {m.help_call_at({ when: whenWords(call, call.day === dayOf(serverNow())), phone: call.phone })}
        </span>
        <Chip tone={tone}>{words}</Chip>
      </div>
      {call.nextTryAt && isOpen(call) && (
        <p className="text-sm text-ink-2">{m.help_call_next({ at: moment(call.nextTryAt) })}</p>
      )}
      {isOpen(call) && (
        <button type="button" className="link" disabled={back.running} onClick={() => back.start(call.id)}>
          {m.help_call_cancel()}
        </button>
      )}
      <ActionFault error={back.error} />
    </li>
  );
}

function Ask({ mine, about }: { mine: MyCallBacks; about: About }) {
  const [when, setWhen] = useState(() => keyOf(mine.windows[0]!));
  const [number, setNumber] = useState<'file' | 'other'>(mine.phone ? 'file' : 'other');
  const [phone, setPhone] = useState('');
  const kept = useDraft(`call-back/${about.decisionId ?? about.caseId ?? about.service ?? ''}`, () => ({ words: '' }));
  const { words } = kept.value;
  const ask = useAction((body: object, key) => post('/api/call-backs', body, key), {
    refresh: [keys.callBacks],
    onDone: kept.drop,
  });
  const chosen = mine.windows.find((one) => keyOf(one) === when) ?? mine.windows[0]!;
  const ready = number === 'file' || phone.length >= 5;
  return (
    <>
      <FieldGroup label={m.help_call_when()}>
        <Options
          name="when"
          options={mine.windows.map((one) => ({ value: keyOf(one), label: whenWords(one, one.today) }))}
          chosen={[keyOf(chosen)]}
          onChoose={setWhen}
        />
      </FieldGroup>
      {mine.phone && (
        <FieldGroup label={m.help_call_number()}>
          <Options
            name="number"
            options={[
              { value: 'file', label: m.help_call_on_file({ phone: mine.phone }) },
              { value: 'other', label: m.help_call_other() },
            ]}
            chosen={[number]}
            onChoose={(one) => setNumber(one as 'file' | 'other')}
          />
        </FieldGroup>
      )}
      {number === 'other' && (
        <Field label={m.help_call_other_number()} hint={m.help_call_number_hint()}>
          {(control) => (
            <input
              {...control}
              className="input"
              type="tel"
              autoComplete="tel"
              maxLength={20}
              value={phone}
              onChange={(event) => setPhone(event.target.value.replace(/[^\d+]/g, ''))}
            />
          )}
        </Field>
      )}
      <DraftNote keptAt={kept.keptAt} onRestart={kept.restart} />
      <Field label={m.help_call_words()} required={false}>
        {(control) => (
          <textarea
            {...control}
            rows={2}
            maxLength={500}
            className="input"
            value={words}
            onChange={(event) => kept.change(() => ({ words: event.target.value }))}
          />
        )}
      </Field>
      <ActionFault error={ask.error} />
      <button
        type="button"
        className="btn btn-primary mt-3 w-full"
        disabled={!ready || ask.running}
        onClick={() =>
          ask.start({
            ...namedIn(about),
            day: chosen.day,
            part: chosen.part,
            ...(number === 'other' ? { phone } : {}),
            ...(words.trim() ? { words: words.trim() } : {}),
          })
        }
      >
        {m.help_call_ask()}
      </button>
    </>
  );
}
const keyOf = ({ day: on, part }: { day: string; part: string }) => `${on} ${part}`;
