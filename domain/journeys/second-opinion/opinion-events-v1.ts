/** The expert's report and what follows it: opened, explained, one question more. Second opinion, v1. */
import { choiceField, payload, textField } from '../fields.ts';
import type { EventDef } from '../journey.ts';
import { defOf, t } from '../phases/kit-v1.ts';
import type { Context } from './context-v1.ts';

const def = defOf<Context>();
const section = (zh: string, en: string, max: number, help?: [string, string]) =>
  textField({
    title: t(zh, en),
    group: 'opinion',
    max,
    multiline: true,
    ...(help ? { help: t(...help) } : {}),
  });

export const opinionEvents: Readonly<Record<string, EventDef>> = {
  issueOpinion: def({
    label: t('签发二诊意见书', 'Sign and issue the opinion'),
    told: t('专家签发了二诊意见书', 'The expert issued the opinion'),
    by: ['expert'],
    weight: 'primary',
    warning: () =>
      t('提交后即签名并交给会员，不能再改', 'It is signed and goes to the member; it cannot be changed afterwards'),
    starts: ({ form }) => ({ question: form.question }),
    schema: payload({
      question: section('要回答的问题', 'The question asked', 1500),
      recordsSeen: section('看过的资料', 'Records seen', 3000, [
        '写明日期、医院和片号',
        'with day, hospital and number of the images',
      ]),
      findings: section('所见', 'Findings', 6000),
      opinion: section('意见', 'Opinion', 6000),
      treatment: section('治疗建议', 'Advice on treatment', 6000),
      followUp: section('随访建议', 'Follow-up', 3000),
      limits: section('局限与说明', 'Limits of this opinion', 3000),
    }),
  }),
  openOpinion: def({
    label: t('我看过意见书了', 'I have read the opinion'),
    told: t('打开了二诊意见书', 'The opinion was opened'),
    // The system: she opened the file itself.
    by: ['member', 'applicant', 'system'],
    weight: 'primary',
    schema: payload({}),
  }),
  explainOpinion: def({
    label: t('登记已解读', 'Record that it was explained'),
    told: t('为会员解读了意见书', 'The opinion was explained'),
    by: ['case-manager'],
    weight: 'primary',
    schema: payload({
      how: choiceField({
        title: t('怎样解读的', 'How'),
        group: 'opinion',
        choices: ['call', 'in-writing'],
        labels: { call: t('电话接通，逐项解读', 'by telephone'), 'in-writing': t('书面说明', 'in writing') },
      }),
      said: section('解读要点', 'What was explained', 2000, ['会员可以看到', 'the member reads it']),
    }),
  }),
  askFollowUp: def({
    label: t('追问专家（限一次）', 'Ask the expert one further question'),
    told: t('向专家追问', 'Asked the expert a further question'),
    by: ['member', 'applicant', 'service-desk'],
    warning: () => t('可以追问一次，请一次问清', 'one question can be asked; put everything into it'),
    schema: payload({ question: section('想再问的', 'Your question', 1000) }),
  }),
  answerFollowUp: def({
    label: t('答复追问', 'Answer the question'),
    told: t('专家答复了追问', 'The expert answered'),
    by: ['expert'],
    weight: 'primary',
    schema: payload({ answer: section('答复', 'Answer', 3000) }),
  }),
};
