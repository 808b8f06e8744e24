import { useEffect, useState } from 'react';
import { m } from '../../../../shared/paraglide/messages.js';
import type { CaseView, CourseView } from '../../../../shared/types.ts';
import { day } from '../../../../shared/words.ts';
import { keepCard } from '../../../data/kept-card.ts';
import { useCourse } from '../../../data/queries.ts';
import { RedFlagCard } from '../../../pieces/RedFlagCard.tsx';
import { Chip } from '../../../ui/Chip.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';
import { Answers } from './Answers.tsx';
import { DiarySheet } from './DiarySheet.tsx';
import { QuestionnaireSheet } from './QuestionnaireSheet.tsx';

/** The course after the treatment: the card first, what is to be noted or answered, then what was and what comes. */
export function Course({ view }: { view: CaseView }) {
  const course = useCourse(view.id, view.course);
  if (!view.course || !course.data) return null;
  return <Shown view={view} course={course.data} />;
}

type Open = { what: 'card' } | { what: 'diary' } | { what: 'questionnaire'; code: string; dueOn: string };
/** Newest entries of the diary in view; the others unfold. */
const SHOWN = 5;

function Shown({ view, course }: { view: CaseView; course: CourseView }) {
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const card = { ...course.card, hotline: course.hotline };
  // Kept as soon as it was on the screen: the day it is needed may be the day without a network.
  useEffect(() => keepCard({ ...course.card, hotline: course.hotline }), [course]);
  const due = course.may.answers
    ? course.questionnaires.flatMap(({ code, name, on }) =>
        on.filter(({ state }) => state === 'due').map(({ dueOn }) => ({ code, name, dueOn })),
      )
    : [];
  const answering =
    open?.what === 'questionnaire' ? course.questionnaires.find(({ code }) => code === open.code) : undefined;
  return (
    <section className="card mt-3" aria-label={m.course_title()}>
      <h2 className="font-semibold">{m.course_title()}</h2>
      {course.sample && <p className="text-sm text-ink-2">{m.course_sample()}</p>}
      <button type="button" className="btn btn-costly mt-2 w-full" onClick={() => setOpen({ what: 'card' })}>
        {m.card_title()}
      </button>
      {course.may.diary && (
        <button type="button" className="btn btn-primary mt-2 w-full" onClick={() => setOpen({ what: 'diary' })}>
          {m.diary_add()}
        </button>
      )}
      {due.map(({ code, name, dueOn }) => (
        <button
          key={`${code} ${dueOn}`}
          type="button"
          className="btn btn-ghost mt-2 w-full"
          onClick={() => setOpen({ what: 'questionnaire', code, dueOn })}
        >
          {m.questionnaire_due({ name, on: day(dueOn, false) })}
        </button>
      ))}
      <h3 className="mt-4 font-semibold">{m.diary_title()}</h3>
      {course.diary.length === 0 && <p className="text-ink-2">{m.diary_empty()}</p>}
      <Diary entries={course.diary.slice(0, SHOWN)} grades={course.grades} />
      {course.diary.length > SHOWN && (
        <details>
          <summary className="min-h-11 content-center">
            {m.diary_more({ n: String(course.diary.length - SHOWN) })}
          </summary>
          <Diary entries={course.diary.slice(SHOWN)} grades={course.grades} />
        </details>
      )}
      {course.questionnaires.map((one) => (
        <Answers key={one.code} questionnaire={one} />
      ))}
      {course.calls.length > 0 && (
        <>
          <h3 className="mt-4 font-semibold">{m.calls_title()}</h3>
          <ul>
            {course.calls.map(({ code, name, dueOn, state }) => (
              <li key={code} className="flex flex-wrap items-center justify-between gap-x-2 py-1">
                <span>
                  {name} <span className="text-sm text-ink-2">{day(dueOn, false)}</span>
                </span>
                {state !== 'ahead' && (
                  <Chip tone={state === 'done' ? 'done' : 'soon'}>
                    {state === 'done' ? m.call_done() : m.call_due()}
                  </Chip>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {course.nutrition[0] && (
        <>
          <h3 className="mt-4 font-semibold">{m.nutrition_title()}</h3>
          <p className="whitespace-pre-line">{course.nutrition[0].text}</p>
        </>
      )}
      <Sheet open={open?.what === 'card'} title={m.card_title()} onClose={close}>
        <RedFlagCard card={card} />
      </Sheet>
      {open?.what === 'diary' && (
        <DiarySheet caseId={view.id} course={course} onClose={close} onSevere={() => setOpen({ what: 'card' })} />
      )}
      {open?.what === 'questionnaire' && answering && (
        <QuestionnaireSheet caseId={view.id} questionnaire={answering} dueOn={open.dueOn} onClose={close} />
      )}
    </section>
  );
}

function Diary({ entries, grades }: { entries: CourseView['diary']; grades: CourseView['grades'] }) {
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.id} className="border-b border-line py-2">
          <p className="flex items-center justify-between">
            <span className="font-medium">{day(entry.on)}</span>
            {entry.severe && <Chip tone="late">{m.diary_severe()}</Chip>}
          </p>
          <p>
            {entry.entries
              .map(({ name, grade }) => `${name} ${grades.find((one) => one.grade === grade)?.name ?? grade}`)
              .join(' · ')}
          </p>
          {entry.note && <p className="text-sm text-ink-2">{entry.note}</p>}
        </li>
      ))}
    </ul>
  );
}
