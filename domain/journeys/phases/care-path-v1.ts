/** The care path that a case manager writes before anything is booked. Shared by the charts, v1: released, never edited. */
import { payload, referenceField, textField } from '../fields.ts';
import type { EventDef } from '../journey.ts';
import { chart } from './chart-v1.ts';
import { def, passes, problem, row, t, text } from './kit-v1.ts';

export const carePathEvents: Readonly<Record<string, EventDef>> = {
  writeCarePath: def({
    label: t('写就医路径', 'Write the care path'),
    told: t('写好了就医路径', 'The care path was written'),
    by: ['case-manager'],
    weight: ({ carePath }) => (carePath === null ? 'primary' : 'normal'),
    schema: payload({
      hospital: referenceField({ title: t('医院', 'Hospital'), group: 'care-path', ref: 'list:hospitals' }),
      department: textField({ title: t('科室', 'Department'), group: 'care-path', max: 40 }),
      expert: textField({ title: t('专家', 'Expert'), group: 'care-path', max: 60 }),
      why: textField({ title: t('为什么', 'Why these'), group: 'care-path', max: 800, multiline: true }),
      examinations: textField({
        title: t('可能的检查', 'Examinations likely'),
        group: 'care-path',
        max: 500,
        multiline: true,
      }),
    }),
    check: (_, _context, facts) =>
      facts.refs.hospital
        ? []
        : [problem('hospital', '这家医院今天不在清单上，请另选', 'not on the list as of today; choose another')],
  }),
};

/** Taken where the plan asks for a care path; written again it replaces the one before. */
export const writesCarePath = {
  guard: 'carePathAsked',
  actions: [
    passes('care-path-told'),
    chart.assign({
      carePath: ({ event }) => ({
        hospital: row(event, 'hospital', 'name'),
        department: text(event, 'department'),
        expert: text(event, 'expert'),
        why: text(event, 'why'),
        examinations: text(event, 'examinations'),
      }),
    }),
  ],
} as const;
