/** Events of the report: uploaded, issued, released, explained to applicant and doctor [2.4.1.5, 2.4.1.6]. v1: released, never edited. */
import { choiceField, dayField, payload, referenceField, textField } from '../fields.ts';
import type { EventDef, Facts, Problem } from '../journey.ts';
import { defOf, problem, reason, t } from '../phases/kit-v1.ts';
import { ATTENDING_DOCTOR, type Context, PAPERS } from './context-v1.ts';
import { barcode, licensed, past, sameSample } from './sample-events-v1.ts';

const def = defOf<Context>();
const doctorAllowed = (facts: Facts): Problem[] =>
  facts.consented.includes(ATTENDING_DOCTOR)
    ? []
    : [
        problem(
          '',
          '受检者还没有同意把结果告诉主治医生',
          'the tested person has not consented to telling the attending doctor',
        ),
      ];
const way = choiceField({
  title: t('方式', 'Way'),
  group: 'messages',
  choices: ['telephone', 'in-person', 'video'],
  labels: { telephone: t('电话', 'telephone'), 'in-person': t('当面', 'in person'), video: t('视频', 'video') },
});
const doctor = textField({ title: t('医生姓名', "Doctor's name"), group: 'report', max: 40 });
const doctorsHospital = textField({ title: t('医院和科室', 'Hospital and department'), group: 'report', max: 80 });

export const reportEvents: Readonly<Record<string, EventDef>> = {
  attachReport: def({
    label: t('上传检测报告', 'Upload the report'),
    told: t('上传了检测报告', 'The report was uploaded'),
    by: ['laboratory'],
    weight: ({ reportPaper }) => (reportPaper === null ? 'primary' : 'normal'),
    schema: payload({
      kind: referenceField({ title: t('资料种类', 'Kind of paper'), group: 'internal', ref: 'paper:kind' }),
      paper: referenceField({ title: t('报告', 'Report'), group: 'internal', ref: 'paper:mine' }),
    }),
    check: (p: { kind: string }) =>
      p.kind === PAPERS.report ? [] : [problem('kind', '这里只能上传检测报告', 'only the report is uploaded here')],
  }),
  report: def({
    label: t('出具报告', 'Issue the report'),
    told: t('检测机构出具了报告', 'The laboratory issued the report'),
    by: ['laboratory'],
    weight: 'primary',
    schema: payload({
      barcode,
      number: textField({ title: t('报告编号', 'Number of the report'), group: 'sample', max: 40 }),
      issuedOn: dayField({ title: t('报告日期', 'Day of the report'), group: 'sample' }),
    }),
    check: (p: { barcode: string; issuedOn: string }, context, facts) => [
      ...sameSample(p.barcode, context),
      ...past('issuedOn', `${p.issuedOn}T00:00:00+08:00`, facts),
      ...licensed(facts),
    ],
  }),
  returnReport: def({
    label: t('退回报告', 'Return the report'),
    told: t('报告退回检测机构更正', 'The report went back to be corrected'),
    by: ['case-manager'],
    schema: payload({
      reason: textField({
        title: t('理由（会告诉检测机构）', 'Reason (told to the laboratory)'),
        group: 'sample',
        max: 500,
        multiline: true,
      }),
    }),
  }),
  releaseReport: def({
    label: t('发布报告', 'Release the report'),
    told: t('报告已发布', 'The report was released'),
    by: ['case-manager'],
    weight: 'primary',
    schema: payload({}),
  }),
  explainToApplicant: def({
    label: t('记录：已向申请人解读', 'Record: explained to the applicant'),
    told: t('向申请人解读了报告', 'The report was explained to the applicant'),
    by: ['case-manager'],
    weight: ({ applicantTold }) => (applicantTold ? 'normal' : 'primary'),
    schema: payload({
      to: choiceField({
        title: t('向谁', 'To whom'),
        group: 'messages',
        choices: ['tested-person', 'guardian', 'applicant'],
        labels: {
          'tested-person': t('受检者本人', 'the tested person'),
          guardian: t('监护人', 'the guardian'),
          applicant: t('受检者允许的申请人', 'the applicant, as she allows'),
        },
      }),
      way,
      note: textField({ title: t('解读记录', 'Note'), group: 'report', max: 1000, multiline: true }).optional(),
    }),
    check: (p: { to: string }, _context, facts) =>
      p.to !== 'applicant' || facts.applicantAllowed
        ? []
        : [
            problem(
              'to',
              '受检者没有委托申请人办理这项服务，只能向受检者本人解读',
              'the tested person has not delegated this matter to the applicant: explain it to her',
            ),
          ],
  }),
  explainToDoctor: def({
    label: t('记录：已向主治医生解读', 'Record: explained to the attending doctor'),
    told: t('向主治医生解读了报告', 'The report was explained to the attending doctor'),
    by: ['case-manager'],
    schema: payload({
      doctor,
      hospital: doctorsHospital,
      way,
      note: textField({ title: t('解读记录', 'Note'), group: 'report', max: 1000, multiline: true }).optional(),
    }),
    check: (_, _context, facts) => doctorAllowed(facts),
  }),
  sendReportToDoctor: def({
    label: t('把报告副本交给主治医生', 'Give the attending doctor a copy'),
    told: t('报告副本交给了主治医生', 'The attending doctor got a copy'),
    by: ['case-manager'],
    schema: payload({
      doctor,
      hospital: doctorsHospital,
      how: choiceField({
        title: t('怎样交的', 'How'),
        group: 'messages',
        choices: ['handed-over', 'registered-mail', 'hospital-system'],
        labels: {
          'handed-over': t('当面交给', 'handed over'),
          'registered-mail': t('挂号信', 'registered mail'),
          'hospital-system': t('医院系统', "the hospital's system"),
        },
      }),
    }),
    check: (_, _context, facts) => doctorAllowed(facts),
  }),
  leaveOutDoctor: def({
    label: t('不向主治医生解读（受检者的意愿）', 'Not to the attending doctor (as the person wishes)'),
    told: t('按受检者的意愿，不向主治医生解读', 'As she wished, the attending doctor is not told'),
    by: ['case-manager'],
    schema: payload({ reason }),
  }),
};
