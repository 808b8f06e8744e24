import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useEffect } from 'react';
import { post } from '../../shared/api.ts';
import { keys } from '../../shared/keys.ts';
import type { CourseView } from '../../shared/types.ts';
import { useAction } from '../../shared/use-action.ts';
import { problemText } from '../data/problems.ts';
import { m } from '../messages.ts';

/** One thing recorded in a course; the answer is the course as it is then, a refusal is said. */
export function useCourseAction(caseId: string, what: 'calls' | 'nutrition', onDone: () => void) {
  const client = useQueryClient();
  const { message } = App.useApp();
  const send = useAction((body: object, key) => post<CourseView>(`/api/cases/${caseId}/course/${what}`, body, key), {
    refresh: [keys.worklist, keys.case(caseId)],
    onDone: (next) => {
      client.setQueryData(keys.course(caseId), next);
      void message.success(m.console_course_recorded());
      onDone();
    },
  });
  const { error } = send;
  useEffect(() => {
    if (error) void message.error(problemText(error));
  }, [error, message]);
  return send;
}
