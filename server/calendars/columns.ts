import type { Column } from '#domain/lists/column.ts';

/** A State Council notice, a row a day that it names. */
export const calendarColumns: readonly Column[] = [
  {
    name: 'date',
    type: 'day',
    required: true,
    heading: { zh: '日期', en: 'Date' },
    about: {
      zh: '必填，通知中写明的放假日或调休上班日',
      en: 'required, a day off or make-up workday the notice names',
    },
    example: '2027-01-01',
  },
  {
    name: 'kind',
    type: 'choice',
    required: true,
    heading: { zh: '类型', en: 'Kind' },
    choices: [
      { value: 'off', zh: '放假', en: 'day off', also: ['休'] },
      { value: 'work', zh: '上班', en: 'make-up workday', also: ['班', '补班', '调休上班'] },
    ],
    about: { zh: '必填：放假或上班（调休补班）', en: 'required: off, or work for a make-up workday' },
    example: '放假',
  },
  {
    name: 'name',
    type: 'text',
    required: true,
    maxLength: 20,
    heading: { zh: '节日', en: 'Holiday' },
    also: ['名称', '节假日'],
    about: { zh: '必填，例如 春节', en: 'required, e.g. 春节' },
    example: '元旦',
  },
  {
    name: 'year',
    type: 'integer',
    min: 1991,
    max: 2999,
    required: true,
    heading: { zh: '通知年份', en: 'Year' },
    also: ['年份'],
    about: {
      zh: '必填，通知安排的年份；上一年十二月的日子也填通知的年份',
      en: 'required, the year the notice is about, also for days in the December before',
    },
    example: '2027',
  },
];
