/** What makes the course management of a service contradict itself: codes given twice, a grade that is none, a scale upside down. */
import { type Finding, t, twice } from './explain.ts';
import type { Service } from './schema.ts';

type Path = readonly (string | number)[];

export function checkCourse({ course }: Service, at: Path): Finding[] {
  if (course === undefined) return [];
  const path = [...at, 'course'];
  const codes = (list: string, items: readonly { code: string }[], place: Path): Finding[] =>
    twice(items.map(({ code }) => code)).map(({ name, index }) => ({
      path: [...place, index, 'code'],
      message: t(`“${name}”在 ${list} 里出现了两次：请改掉一个。`, `"${name}" stands twice in ${list}: rename one.`),
    }));
  return [
    ...codes('symptoms', course.symptoms, [...path, 'symptoms']),
    ...codes('calls', course.calls, [...path, 'calls']),
    ...codes('questionnaires', course.questionnaires, [...path, 'questionnaires']),
    ...course.questionnaires.flatMap(({ questions }, index) => {
      const place = [...path, 'questionnaires', index, 'questions'];
      return [
        ...codes('questions', questions, place),
        ...questions.flatMap(({ code, min, max }, i) =>
          min < max
            ? []
            : [
                {
                  path: [...place, i, 'max'],
                  message: t(
                    `“${code}”的最大值 ${max} 不大于最小值 ${min}。`,
                    `The greatest answer to "${code}", ${max}, is not above the least, ${min}.`,
                  ),
                },
              ],
        ),
      ];
    }),
    ...(course.grades.some(({ grade }) => grade === course.alarm)
      ? []
      : [
          {
            path: [...path, 'alarm'],
            message: t(
              `从 ${course.alarm} 级起告知专员，grades 却没有这一级：请写 grades 里的一级。`,
              `The specialist is told from grade ${course.alarm} on, which grades does not have: name one of them.`,
            ),
          },
        ]),
  ];
}
