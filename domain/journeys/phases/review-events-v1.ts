/** What the reviewer and the supervisor decide on a request; shared by the charts, v1: released, never edited. */
import { nameOfRule } from '../../eligibility/rule-words.ts';
import {
  choiceField,
  dayField,
  integerField,
  manyOf,
  payload,
  referenceField,
  textField,
  yesNoField,
} from '../fields.ts';
import type { EventDef } from '../journey.ts';
import type { PhaseContext as Context } from './context-v1.ts';
import { def, problem, reason, t } from './kit-v1.ts';

export const reviewEvents: Readonly<Record<string, EventDef>> = {
  takeReview: def({ label: t('由我审核', 'Take this review'), by: ['reviewer'], schema: payload({}) }),
  judgePaper: def({
    label: t('核对一份资料', 'Judge a paper'),
    told: t('核对了一份资料', 'A paper was checked'),
    by: ['reviewer', 'case-manager'],
    schema: payload({
      paper: referenceField({ title: t('资料', 'Paper'), group: 'papers', ref: 'paper:any' }),
      verdict: choiceField({
        title: t('结论', 'Verdict'),
        group: 'papers',
        choices: ['accepted', 'rejected'],
        labels: { accepted: t('通过', 'accepted'), rejected: t('不通过', 'rejected') },
      }),
      reason: textField({
        title: t('不通过的理由', 'Why rejected'),
        help: t('会告诉会员', 'the member is told'),
        group: 'papers',
        max: 200,
        showIf: { verdict: 'rejected' },
      }).optional(),
    }),
    check: (p: { verdict: string; reason?: string }) =>
      p.verdict === 'rejected' && !p.reason ? [problem('reason', '请写明理由', 'say why')] : [],
  }),
  verifyFacts: def({
    label: t('核实并更正事实', 'Verify and correct the facts'),
    told: t('核实了疾病和日期', 'Illness and days were verified'),
    by: ['reviewer'],
    weight: ({ verified }) => (verified === 'no' ? 'primary' : 'normal'),
    decides: true,
    schema: payload({
      illness: referenceField({ title: t('疾病', 'Illness'), group: 'illness', ref: 'illness' }),
      firstSymptomOn: dayField({ title: t('首次不适', 'First symptom'), group: 'illness' }).optional(),
      firstAbnormalOn: dayField({ title: t('首次异常发现', 'First abnormal finding'), group: 'illness' }).optional(),
      firstVisitOn: dayField({ title: t('首次就诊', 'First visit'), group: 'illness' }).optional(),
      diagnosedOn: dayField({ title: t('病理或诊断日期', 'Day of pathology or diagnosis'), group: 'illness' }),
      first: yesNoField({ title: t('初次确诊', 'First diagnosis'), group: 'illness' }),
      preExisting: yesNoField({ title: t('投保前已有', 'Existed before the policy'), group: 'illness' }),
      hospital: referenceField({
        title: t('确诊医院（清单内）', 'Diagnosing hospital (on our list)'),
        group: 'illness',
        ref: 'list:hospitals',
      }).optional(),
      hospitalName: textField({
        title: t('医院名称（清单外，照资料写）', 'Hospital as on the paper (not on our lists)'),
        group: 'illness',
        max: 100,
      }).optional(),
      hospitalGrade: integerField({
        title: t('等级（1 到 3）', 'Grade (1 to 3)'),
        group: 'illness',
        min: 1,
        max: 3,
      }).optional(),
      hospitalPublic: yesNoField({ title: t('公立', 'Public'), group: 'illness' }).optional(),
      hospitalSource: textField({
        title: t('等级与性质的来源', 'Source of grade and ownership'),
        group: 'internal',
        max: 200,
      }).optional(),
      source: referenceField({ title: t('依据的资料', 'Source paper'), group: 'papers', ref: 'paper:any' }),
    }),
    check: (
      p: {
        hospital?: string;
        hospitalName?: string;
        hospitalGrade?: number;
        hospitalPublic?: boolean;
        hospitalSource?: string;
      },
      _context,
      facts,
    ) => [
      ...(facts.refs.source ? [] : [problem('source', '请选这份申请里的一份资料', 'choose a paper of this case')]),
      ...(p.hospital && p.hospitalName
        ? [problem('hospitalName', '清单内的医院不用再写名称', 'leave empty for a hospital on our list')]
        : []),
      ...(p.hospital && !facts.refs.hospital ? [problem('hospital', '这家医院不在清单上', 'not on the list')] : []),
      ...(p.hospitalName && (p.hospitalGrade === undefined || p.hospitalPublic === undefined || !p.hospitalSource)
        ? [
            problem(
              'hospitalSource',
              '清单外的医院要写等级、性质和来源',
              'a hospital outside our lists needs grade, ownership and their source',
            ),
          ]
        : []),
    ],
  }),
  acceptRequest: def({
    label: t('审核通过', 'Accept'),
    told: t('审核通过', 'The review was passed'),
    by: ['reviewer'],
    weight: 'primary',
    schema: payload({
      note: textField({ title: t('备注', 'Note'), group: 'internal', max: 300, multiline: true }).optional(),
    }),
    check: (_, _context, facts) =>
      facts.missingPapers.length === 0
        ? []
        : [
            problem(
              '',
              '必交资料还缺或未通过，请先一次要齐',
              'required papers are missing or rejected; ask for them first',
            ),
          ],
  }),
  askPapers: def({
    label: t('一次要齐资料', 'Ask once for all that is missing'),
    told: t('要求补齐资料', 'Papers were asked for'),
    by: ['reviewer'],
    starts: ({ facts }) => ({ kinds: facts.missingPapers }),
    schema: payload({
      kinds: manyOf(referenceField({ title: t('资料种类', 'Kind of paper'), group: 'papers', ref: 'paper:kind' }), {
        title: t('还缺的资料', 'Still missing'),
        group: 'papers',
        min: 1,
        max: 10,
      }),
      note: textField({ title: t('对会员的说明', 'Words to the member'), group: 'papers', max: 300, multiline: true }),
    }),
    check: (p: { kinds: string[] }, _context, facts) =>
      p.kinds.flatMap((_, i) =>
        facts.refs[`kinds/${i}`]
          ? []
          : [problem(`kinds/${i}`, '手册没有这种资料', 'the plan has no such kind of paper')],
      ),
  }),
  refuseRequest: def({
    label: t('审核不通过', 'Refuse'),
    told: t('审核没有通过', 'The request was refused'),
    by: ['reviewer'],
    weight: 'costly',
    schema: payload({
      rule: referenceField({ title: t('依据的规则', 'Rule'), group: 'internal', ref: 'rule' }),
      text: textField({ title: t('告诉会员的话', 'Words to the member'), group: 'request', max: 500, multiline: true }),
    }),
    check: (p: { rule: string }, context: Context) =>
      context.refusableRules.includes(p.rule)
        ? []
        : [
            problem(
              'rule',
              `只能选：${context.refusableRules.map((rule) => nameOfRule(rule, 'zh')).join('、')}`,
              `one of: ${context.refusableRules.map((rule) => nameOfRule(rule, 'en')).join(', ')}`,
            ),
          ],
  }),
  approveList: def({
    label: t('同意再次要资料', 'Approve the second list'),
    told: t('同意再要一次资料', 'A second list of papers was approved'),
    by: ['supervisor'],
    schema: payload({}),
    weight: 'primary',
  }),
  declineList: def({
    label: t('不同意，按现有资料决定', 'Decline: decide on what is there'),
    told: t('按现有资料继续审核', 'The review goes on with what is there'),
    by: ['supervisor'],
    schema: payload({ reason }),
  }),
};
