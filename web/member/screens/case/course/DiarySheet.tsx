import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { post } from '../../../../shared/api.ts';
import { keys } from '../../../../shared/keys.ts';
import { m } from '../../../../shared/paraglide/messages.js';
import type { CourseView } from '../../../../shared/types.ts';
import { useAction } from '../../../../shared/use-action.ts';
import { Field } from '../../../ui/Field.tsx';
import { ActionFault } from '../../../ui/Loaded.tsx';
import { Sheet } from '../../../ui/Sheet.tsx';

type DiarySheetProps = { caseId: string; course: CourseView; onClose: () => void; onSevere: () => void };

/** How the day was: a grade for each reaction she had; a severe one leads to the card. */
export function DiarySheet({ caseId, course, onClose, onSevere }: DiarySheetProps) {
  const client = useQueryClient();
  const [on, setOn] = useState(course.today);
  const [grades, setGrades] = useState<Readonly<Record<string, number>>>({});
  const [note, setNote] = useState('');
  const entries = Object.entries(grades).map(([symptom, grade]) => ({ symptom, grade }));
  const send = useAction((body: object, key) => post<CourseView>(`/api/cases/${caseId}/course/diary`, body, key), {
    refresh: [keys.case(caseId)],
    onDone: (next) => {
      client.setQueryData(keys.course(caseId), next);
      if (entries.some(({ grade }) => grade >= course.alarm)) onSevere();
      else onClose();
    },
  });
  return (
    <Sheet
      open
      title={m.diary_add()}
      onClose={onClose}
      actions={
        <button
          type="button"
          className="btn btn-primary"
          disabled={send.running || entries.length === 0}
          onClick={() => send.start({ on, entries, ...(note.trim() ? { note: note.trim() } : {}) })}
        >
          {send.running ? m.working() : m.diary_save()}
        </button>
      }
    >
      <Field label={m.diary_day()}>
        {(control) => (
          <input
            {...control}
            type="date"
            className="input"
            value={on}
            min={course.diaryFrom ?? undefined}
            max={course.today}
            onChange={(event) => setOn(event.target.value)}
          />
        )}
      </Field>
      <p className="mt-3 text-sm text-ink-2">{m.diary_how()}</p>
      {course.symptoms.map(({ code, name }) => (
        <Field key={code} label={name} required={false}>
          {(control) => (
            <select
              {...control}
              className="input"
              value={grades[code] ?? ''}
              onChange={({ target }) =>
                setGrades(({ [code]: _, ...rest }) =>
                  target.value === '' ? rest : { ...rest, [code]: Number(target.value) },
                )
              }
            >
              <option value="">{m.diary_not_said()}</option>
              {course.grades.map((one) => (
                <option key={one.grade} value={one.grade}>
                  {`${one.name}（${one.means}）`}
                </option>
              ))}
            </select>
          )}
        </Field>
      ))}
      <Field label={m.diary_note()} required={false}>
        {(control) => (
          <textarea
            {...control}
            className="input"
            rows={3}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <ActionFault error={send.error} />
    </Sheet>
  );
}
