import { LinePlot } from '../../../../shared/LinePlot.tsx';
import { m } from '../../../../shared/paraglide/messages.js';
import type { CourseView } from '../../../../shared/types.ts';
import { day } from '../../../../shared/words.ts';

/** What was answered over time: a line for each question, and the numbers themselves. */
export function Answers({ questionnaire }: { questionnaire: CourseView['questionnaires'][number] }) {
  const { name, questions, answers } = questionnaire;
  if (answers.length === 0) return null;
  return (
    <>
      <h3 className="mt-4 font-semibold">{name}</h3>
      {answers.length > 1 &&
        questions.map(({ code, text, min, max }) => (
          <figure key={code} className="mt-2">
            <figcaption className="text-sm text-ink-2">{text}</figcaption>
            <LinePlot
              title={m.plot_of({ what: text })}
              min={min}
              max={max}
              points={answers.map(({ dueOn, values }) => ({ on: dueOn, value: values[code] ?? min }))}
            />
          </figure>
        ))}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls by itself must be reachable by keyboard */}
      <section className="mt-2 overflow-x-auto" aria-label={m.table_of({ what: name })} tabIndex={0}>
        <table className="w-full text-left text-sm">
          <thead>
            <tr>
              <th scope="col" className="py-1 pr-2">
                {m.table_question()}
              </th>
              {answers.map(({ dueOn }) => (
                <th key={dueOn} scope="col" className="py-1 pr-2 whitespace-nowrap">
                  {day(dueOn, false)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {questions.map(({ code, text }) => (
              <tr key={code} className="border-t border-line">
                <th scope="row" className="py-1 pr-2 font-normal">
                  {text}
                </th>
                {answers.map(({ dueOn, values }) => (
                  <td key={dueOn} className="py-1 pr-2">
                    {values[code]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
