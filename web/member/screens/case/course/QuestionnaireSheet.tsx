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

type Props = {
  caseId: string;
  questionnaire: CourseView['questionnaires'][number];
  dueOn: string;
  onClose: () => void;
};

/** One occurrence of a questionnaire; every question has its answer before it can be sent. */
export function QuestionnaireSheet({ caseId, questionnaire, dueOn, onClose }: Props) {
  const client = useQueryClient();
  const { code, version, name, asks, questions } = questionnaire;
  const [values, setValues] = useState<Readonly<Record<string, number>>>({});
  const send = useAction((body: object, key) => post<CourseView>(`/api/cases/${caseId}/course/answers`, body, key), {
    onDone: (next) => {
      client.setQueryData(keys.course(caseId), next);
      onClose();
    },
  });
  return (
    <Sheet
      open
      title={name}
      onClose={onClose}
      actions={
        <button
          type="button"
          className="btn btn-primary"
          disabled={send.running || questions.some((one) => values[one.code] === undefined)}
          onClick={() => send.start({ questionnaire: code, version, dueOn, values })}
        >
          {send.running ? m.working() : m.questionnaire_send()}
        </button>
      }
    >
      <p className="mt-2 text-ink-2">{asks}</p>
      {questions.map((question) => (
        <Field
          key={question.code}
          label={question.text}
          hint={m.questionnaire_scale({
            min: String(question.min),
            low: question.low,
            max: String(question.max),
            high: question.high,
          })}
        >
          {(control) => (
            <select
              {...control}
              className="input"
              value={values[question.code] ?? ''}
              onChange={({ target }) => setValues((before) => ({ ...before, [question.code]: Number(target.value) }))}
            >
              <option value="" disabled>
                {m.questionnaire_choose()}
              </option>
              {Array.from({ length: question.max - question.min + 1 }, (_, i) => question.min + i).map((value) => (
                <option key={value} value={value}>
                  {value}
                </option>
              ))}
            </select>
          )}
        </Field>
      ))}
      <ActionFault error={send.error} />
    </Sheet>
  );
}
