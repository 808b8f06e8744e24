/** The doctor's note and the one question on it. There is no field for a prescription: it cannot be written. */
import { payload, textField } from '../fields.ts';
import type { EventDef } from '../journey.ts';
import { defOf, t } from '../phases/kit-v1.ts';
import type { Context } from './context-v1.ts';

const def = defOf<Context>();
const section = (zh: string, en: string, max: number, help?: [string, string]) =>
  textField({ title: t(zh, en), group: 'consultation', max, multiline: true, ...(help ? { help: t(...help) } : {}) });

export const noteEvents: Readonly<Record<string, EventDef>> = {
  releaseNote: def({
    label: t('发出问诊小结', 'Release the note'),
    told: t('医生发出了问诊小结', 'The doctor released the note'),
    by: ['video-doctor'],
    weight: 'primary',
    whileSuspended: true,
    warning: () =>
      t(
        '提交后立即发给会员，不能再改；这里不能开处方',
        'it goes to the member at once and cannot be changed; no prescription can be written here',
      ),
    starts: ({ form }) => ({ complaint: form.complaint }),
    schema: payload({
      complaint: section('主诉', 'Complaint', 1000),
      advice: section('建议', 'Advice', 2000, ['仅供参考，检查由会员决定', 'for reference; tests are her choice']),
      seekCare: section('去哪里就诊', 'Where to seek care', 1000, [
        '科室、什么时候去、带什么',
        'which department, when, what to bring',
      ]),
      redFlags: section('出现哪些情况要立即就医', 'Signs to seek care at once', 1000),
    }),
  }),
  askFollowUp: def({
    label: t('追问医生（限一次）', 'Ask the doctor one further question'),
    told: t('向医生追问', 'Asked a further question'),
    by: ['member', 'applicant', 'service-desk'],
    warning: () => t('可以追问一次，请一次问清', 'one question can be asked; put everything into it'),
    schema: payload({ question: section('想再问的', 'Your question', 500) }),
  }),
  answerFollowUp: def({
    label: t('答复追问', 'Answer the question'),
    told: t('医生答复了追问', 'The doctor answered'),
    by: ['video-doctor'],
    weight: 'primary',
    whileSuspended: true,
    schema: payload({ answer: section('答复', 'Answer', 1500) }),
  }),
};
