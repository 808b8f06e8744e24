import { Button, Form, Input, Select } from 'antd';
import { LinePlot } from '../../shared/LinePlot.tsx';
import type { CaseView, CourseView } from '../../shared/types.ts';
import { useCourse } from '../data/queries.ts';
import { dayWords, momentWords } from '../data/words.ts';
import { m } from '../messages.ts';
import { useCourseAction } from './use-course-action.ts';

/** The course of a treatment at the desk: what the member noted and answered, the calls by schedule, the plan of nutrition. */
export function CoursePanel({ view }: { view: CaseView }) {
  const { data } = useCourse(view.id, view.course);
  if (!view.course || !data) return null;
  return (
    <section aria-label={m.console_course()}>
      <h2>{m.console_course()}</h2>
      {data.sample ? <p className="meta">{m.console_course_sample()}</p> : null}
      <Calls caseId={view.id} course={data} />
      <h3>{m.console_course_diary()}</h3>
      {data.diary.length === 0 ? <p className="meta">{m.console_course_none()}</p> : null}
      <ul>
        {data.diary.slice(0, 20).map((entry) => (
          <li key={entry.id}>
            {dayWords(entry.on)}{' '}
            {entry.severe ? <span className="pill pill-late">{m.console_course_severe()}</span> : null}{' '}
            {entry.entries
              .map(({ name, grade }) => `${name} ${data.grades.find((one) => one.grade === grade)?.name ?? grade}`)
              .join(' · ')}
            {entry.note ? <small className="meta"> {entry.note}</small> : null}
          </li>
        ))}
      </ul>
      {data.questionnaires.map((one) => (
        <Answers key={one.code} questionnaire={one} />
      ))}
      <Nutrition caseId={view.id} course={data} />
    </section>
  );
}

function Calls({ caseId, course }: { caseId: string; course: CourseView }) {
  const [form] = Form.useForm<{ code: string; outcome: string; note: string }>();
  const send = useCourseAction(caseId, 'calls', () => form.resetFields());
  const due = course.calls.filter(({ state }) => state === 'due');
  if (course.calls.length === 0) return null;
  return (
    <>
      <h3>{m.console_course_calls()}</h3>
      <ul>
        {course.calls.map(({ code, name, dueOn, state, made }) => (
          <li key={code}>
            {name} · {dayWords(dueOn)}{' '}
            {state === 'ahead' ? null : (
              <span className={state === 'done' ? 'pill' : 'pill pill-soon'}>
                {state === 'done' ? m.console_course_call_done() : m.console_course_call_due()}
              </span>
            )}
            {made.map((call) => (
              <small key={call.at} className="meta" style={{ display: 'block' }}>
                {momentWords(call.at)} · {call.by} ·{' '}
                {call.reached ? m.console_course_reached() : m.console_course_not_reached()} · {call.note}
              </small>
            ))}
          </li>
        ))}
      </ul>
      {course.may.calls && due.length > 0 ? (
        <Form
          form={form}
          layout="vertical"
          aria-label={m.console_course_call_record()}
          initialValues={{ code: due[0]?.code, outcome: 'reached' }}
          onFinish={(values) => send.start(values)}
        >
          <Form.Item name="code" label={m.console_course_call()} rules={[{ required: true }]}>
            <Select options={due.map(({ code, name }) => ({ value: code, label: name }))} />
          </Form.Item>
          <Form.Item name="outcome" label={m.console_course_outcome()} rules={[{ required: true }]}>
            <Select
              options={[
                { value: 'reached', label: m.console_course_reached() },
                { value: 'no-answer', label: m.console_course_not_reached() },
              ]}
            />
          </Form.Item>
          <Form.Item name="note" label={m.console_course_note()} rules={[{ required: true, whitespace: true }]}>
            <Input.TextArea rows={2} maxLength={1000} />
          </Form.Item>
          <Button htmlType="submit" type="primary" loading={send.running}>
            {m.console_course_call_record()}
          </Button>
        </Form>
      ) : null}
    </>
  );
}

function Nutrition({ caseId, course }: { caseId: string; course: CourseView }) {
  const [form] = Form.useForm<{ text: string }>();
  const send = useCourseAction(caseId, 'nutrition', () => form.resetFields());
  const [now] = course.nutrition;
  return (
    <>
      <h3>{m.console_course_nutrition()}</h3>
      {now ? (
        <p style={{ whiteSpace: 'pre-line' }}>
          {now.text} <small className="meta">{`${momentWords(now.at)} · ${now.by}`}</small>
        </p>
      ) : (
        <p className="meta">{m.console_course_none()}</p>
      )}
      {course.may.nutrition ? (
        <Form
          form={form}
          layout="vertical"
          aria-label={m.console_course_nutrition_write()}
          onFinish={(values) => send.start(values)}
        >
          <Form.Item
            name="text"
            label={m.console_course_nutrition_write()}
            rules={[{ required: true, whitespace: true }]}
          >
            <Input.TextArea rows={3} maxLength={2000} />
          </Form.Item>
          <Button htmlType="submit" loading={send.running}>
            {m.console_course_nutrition_save()}
          </Button>
        </Form>
      ) : null}
    </>
  );
}

function Answers({ questionnaire }: { questionnaire: CourseView['questionnaires'][number] }) {
  const { name, questions, answers, on } = questionnaire;
  const open = on.filter(({ state }) => state === 'due').length;
  return (
    <>
      <h3>
        {name} {open > 0 ? <span className="pill pill-soon">{m.console_course_open({ n: String(open) })}</span> : null}
      </h3>
      {answers.length > 1
        ? questions.map(({ code, text, min, max }) => (
            <figure key={code}>
              <figcaption className="meta">{text}</figcaption>
              <LinePlot
                title={m.console_course_plot({ what: text })}
                min={min}
                max={max}
                points={answers.map(({ dueOn, values }) => ({ on: dueOn, value: values[code] ?? min }))}
              />
            </figure>
          ))
        : null}
      {answers.length === 0 ? (
        <p className="meta">{m.console_course_none()}</p>
      ) : (
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{m.console_course_question()}</th>
              {answers.map(({ dueOn }) => (
                <th key={dueOn} scope="col">
                  {dayWords(dueOn, false)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {questions.map(({ code, text }) => (
              <tr key={code}>
                <th scope="row">{text}</th>
                {answers.map(({ dueOn, values }) => (
                  <td key={dueOn}>{values[code]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
