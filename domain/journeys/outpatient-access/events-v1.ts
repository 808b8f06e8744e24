/**
 * The events of the outpatient green channel, v1: who may send them, what they carry, what they cost.
 * Over 300 lines on purpose: one table, read beside the chart; splitting it by role would hide who else may send what.
 */
import { nameOfRule } from '../../eligibility/rule-words.ts';
import type { Text } from '../../plan/schema.ts';
import { RANKS } from '../../plan/schema.ts';
import {
  choiceField,
  dayField,
  integerField,
  manyOf,
  momentField,
  payload,
  referenceField,
  textField,
  yesNoField,
} from '../fields.ts';
import type { EventDef, Facts, Problem } from '../journey.ts';
import type { Context } from './context-v1.ts';

const t = (zh: string, en: string): Text => ({ zh, en });
/** An empty field: the event as a whole. */
const problem = (field: string, zh: string, en: string): Problem => ({
  pointer: field && `/${field}`,
  message: { zh, en },
});
const future = (field: string, value: string, facts: Facts): Problem[] =>
  new Date(value).getTime() > facts.now.getTime() ? [] : [problem(field, '时间要晚于现在', 'must be later than now')];
const HOUR_MS = 3_600_000;
/** The Shanghai day of a moment, as milliseconds of its midnight; +08:00 all year since 1991. */
const dayStart = (moment: number) => Math.floor((moment + 8 * HOUR_MS) / 86_400_000) * 86_400_000 - 8 * HOUR_MS;

const reason = textField({
  title: t('理由（会告诉会员）', 'Reason (told to the member)'),
  group: 'request',
  max: 500,
  multiline: true,
});
const MEMBER_SIDE = ['member', 'applicant', 'service-desk'] as const;
const STAFF = ['service-desk', 'reviewer', 'case-manager', 'supervisor'] as const;

const offerShape = {
  hospital: referenceField({ title: t('医院', 'Hospital'), group: 'booking', ref: 'list:hospitals' }),
  department: textField({ title: t('科室', 'Department'), group: 'booking', max: 40 }),
  expert: referenceField({ title: t('专家', 'Expert'), group: 'booking', ref: 'list:experts' }),
  visitAt: momentField({ title: t('就诊时间', 'Time of the visit'), group: 'booking' }),
  answerBy: momentField({
    title: t('号源保留到', 'Slot held until'),
    group: 'booking',
    help: t('会员要在此前答复', 'the member answers by then'),
  }),
  escortName: textField({ title: t('陪诊员姓名', 'Name of the escort'), group: 'booking', max: 40 }).optional(),
  escortPhone: textField({ title: t('陪诊员电话', 'Telephone of the escort'), group: 'booking', max: 20 }).optional(),
  meetingPlace: textField({ title: t('见面地点', 'Meeting place'), group: 'booking', max: 100 }).optional(),
  escortHours: textField({ title: t('陪诊时段', 'Hours of the escort'), group: 'booking', max: 60 }).optional(),
};
const ESCORT = ['escortName', 'escortPhone', 'meetingPlace', 'escortHours'] as const;
/** At least seven digits; signs that people write between them are welcome. */
const isPhone = (text: string) => /^[\d\s()+-]+$/.test(text) && text.replace(/\D/g, '').length >= 7;
const escortOf = (context: Context): readonly (typeof ESCORT)[number][] => (context.rules.escort ? ESCORT : []);
type OfferPayload = {
  visitAt: string;
  answerBy: string;
  escortName?: string;
  escortPhone?: string;
  meetingPlace?: string;
  escortHours?: string;
};

/** The expert's rank by the plan [2.2.1.3], at the hospital offered, at a time to come, with the escort [2.2.0]. */
function checkOffer(offer: OfferPayload, context: Context, facts: Facts): Problem[] {
  const problems = [...future('visitAt', offer.visitAt, facts), ...future('answerBy', offer.answerBy, facts)];
  if (new Date(offer.answerBy) >= new Date(offer.visitAt))
    problems.push(problem('answerBy', '保留期限要早于就诊时间', 'must be before the visit'));
  const { hospital, expert } = facts.refs;
  if (!hospital)
    problems.push(problem('hospital', '这家医院今天不在清单上，请另选', 'not on the list as of today; choose another'));
  if (!expert)
    problems.push(problem('expert', '这位专家今天不在清单上，请另选', 'not on the list as of today; choose another'));
  else {
    if (hospital && expert.hospital !== hospital.name)
      problems.push(problem('expert', '这位专家不在所选医院', 'the expert does not work at the chosen hospital'));
    const minRank = context.rules.minRank;
    if (
      minRank &&
      RANKS.indexOf(expert.rank as (typeof RANKS)[number]) < RANKS.indexOf(minRank as (typeof RANKS)[number])
    )
      problems.push(problem('expert', '职称要在副主任医师及以上', 'must be an associate chief physician or above'));
  }
  // She calls this number on the morning of the visit.
  if (offer.escortPhone && !isPhone(offer.escortPhone))
    problems.push(problem('escortPhone', '请填写能拨通的电话号码', 'a telephone number that can be called'));
  for (const field of escortOf(context))
    if (!offer[field]) problems.push(problem(field, '含陪诊，请填写', 'the service includes an escort: needed'));
  return problems;
}

const def = (one: EventDef<Context>): EventDef => one as unknown as EventDef;

export const events: Readonly<Record<string, EventDef>> = {
  // — the member's side —
  giveOwnConsent: def({
    label: t('同意这份申请', 'Agree to this request'),
    told: t('本人同意了这份申请', 'Agreed to the request'),
    by: ['member', 'service-desk'],
    schema: payload({}),
    weight: 'primary',
    decides: true,
  }),
  declineOwnConsent: def({
    label: t('不同意这份申请', 'Do not agree'),
    told: t('本人没有同意这份申请', 'Did not agree to the request'),
    by: ['member', 'service-desk'],
    schema: payload({}),
  }),
  handInPaper: def({
    label: t('补交资料', 'Hand in a paper'),
    told: t('补交了资料', 'Handed in a paper'),
    by: MEMBER_SIDE,
    weight: (_, facts) => (facts.missingPapers.length > 0 ? 'primary' : 'normal'),
    schema: payload({
      kind: referenceField({ title: t('资料种类', 'Kind of paper'), group: 'papers', ref: 'paper:kind' }),
      paper: referenceField({ title: t('资料', 'Paper'), group: 'papers', ref: 'paper:mine' }),
    }),
  }),
  attachPaper: def({
    label: t('附上就诊资料', 'Attach a paper of the visit'),
    told: t('附上了就诊资料', 'Papers of the visit were attached'),
    by: ['provider', 'case-manager'],
    schema: payload({
      kind: referenceField({ title: t('资料种类', 'Kind of paper'), group: 'papers', ref: 'paper:kind' }),
      paper: referenceField({ title: t('资料', 'Paper'), group: 'papers', ref: 'paper:mine' }),
    }),
  }),
  acceptOffer: def({
    label: t('确认这个号源', 'Accept this slot'),
    told: t('确认了号源', 'Accepted the slot'),
    by: MEMBER_SIDE,
    schema: payload({}),
    weight: 'primary',
    warning: (context, w) => (context.changed ? undefined : w.cancelling),
    check: (_, context: Context, facts) =>
      context.offer && facts.now.getTime() > new Date(context.offer.answerBy).getTime()
        ? [problem('', '号源已过保留时间，请等新的号源', 'the slot is no longer held; another is being arranged')]
        : [],
  }),
  declineOffer: def({
    label: t('换一个时间（不计使用）', 'Ask for another slot (costs nothing)'),
    told: t('要求另约时间', 'Asked for another slot'),
    by: MEMBER_SIDE,
    schema: payload({
      wish: textField({
        title: t('希望的时间', 'Wished time'),
        group: 'booking',
        max: 200,
        multiline: true,
      }).optional(),
    }),
  }),
  keepLooking: def({
    label: t('请继续安排', 'Please keep looking'),
    told: t('请我们继续安排', 'Asked us to keep looking'),
    by: MEMBER_SIDE,
    schema: payload({}),
    weight: 'primary',
  }),
  withdraw: def({
    label: t('撤回申请', 'Withdraw'),
    told: t('撤回了申请', 'Withdrew the request'),
    by: MEMBER_SIDE,
    whileSuspended: true,
    warning: (context) =>
      context.changed
        ? t('变更时已计为使用 1 次，撤回不再另计', 'Changing counted one use; withdrawing counts no further one')
        : t('撤回不计使用', 'Withdrawing counts as no use'),
    schema: payload({
      why: textField({ title: t('原因', 'Why'), group: 'internal', max: 200, multiline: true }).optional(),
    }),
  }),
  cancelBooking: def({
    label: t('取消预约', 'Cancel the booking'),
    told: t('取消了预约', 'Cancelled the booking'),
    by: MEMBER_SIDE,
    weight: 'costly',
    whileSuspended: true,
    schema: payload({
      why: textField({ title: t('原因', 'Why'), group: 'internal', max: 200, multiline: true }).optional(),
    }),
    warning: (context, w) =>
      context.changed
        ? t('已计为使用 1 次，取消不再另计', 'One use is already counted; cancelling counts no further one')
        : w.cancelling,
  }),
  changeBooking: def({
    label: t('改期或改医院', 'Change the booking'),
    told: t('要求变更预约', 'Asked to change the booking'),
    by: MEMBER_SIDE,
    weight: 'costly',
    schema: payload({
      wish: textField({ title: t('希望怎样改', 'What should change'), group: 'booking', max: 200, multiline: true }),
    }),
    warning: (_, w) => w.changing,
  }),
  reportEscortAbsent: def({
    label: t('陪诊员没有到', 'The escort did not come'),
    told: t('报告陪诊员没有到', 'Reported that the escort did not come'),
    by: ['member', 'applicant', 'service-desk', 'case-manager'],
    schema: payload({
      visit: choiceField({
        title: t('就诊', 'The visit'),
        group: 'attendance',
        choices: ['went-alone', 'did-not-happen'],
        labels: { 'went-alone': t('自己看了', 'went alone'), 'did-not-happen': t('没看成', 'did not happen') },
      }),
      note: textField({ title: t('情况', 'What happened'), group: 'attendance', max: 300, multiline: true }).optional(),
    }),
    check: (_, context: Context, facts) =>
      context.offer && facts.now.getTime() >= new Date(context.offer.visitAt).getTime() - 2 * HOUR_MS
        ? []
        : [problem('visit', '就诊前 2 小时起才能报告', 'can be reported from two hours before the visit')],
  }),
  rate: def({
    label: t('评价并结束', 'Rate and finish'),
    told: t('评价了这次服务', 'Rated the service'),
    by: ['member', 'applicant'],
    weight: 'primary',
    schema: payload({
      stars: integerField({
        title: t('满意程度（1 到 5）', 'Satisfaction (1 to 5)'),
        group: 'attendance',
        min: 1,
        max: 5,
      }),
      words: textField({
        title: t('想说的话', 'In your words'),
        group: 'internal',
        max: 500,
        multiline: true,
      }).optional(),
    }),
  }),
  // — reviewer —
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
        title: t('不通过的理由（会告诉会员）', 'Why rejected (the member is told)'),
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
  // — case manager —
  takeCase: def({ label: t('由我跟进', 'Take this case'), by: ['case-manager'], schema: payload({}) }),
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
  handToProvider: def({
    label: t('交给服务商', 'Hand to the provider'),
    told: t('交给服务商约号', 'Handed to the provider'),
    by: ['case-manager'],
    weight: 'primary',
    schema: payload({
      provider: referenceField({ title: t('服务商', 'Provider'), group: 'booking', ref: 'list:providers' }),
    }),
    check: (_, _context, facts) =>
      facts.refs.provider
        ? []
        : [problem('provider', '没有这家服务商，或今天不在清单上', 'no such provider as of today')],
  }),
  takeBack: def({
    label: t('收回，另找服务商', 'Take back from the provider'),
    told: t('从服务商处收回', 'Taken back from the provider'),
    by: ['case-manager', 'supervisor'],
    schema: payload({ reason }),
  }),
  tellNoSlot: def({
    label: t('告知约不到，及替代', 'Tell that none can be had, and what instead'),
    told: t('暂时约不到，告知了替代办法', 'None could be had; alternatives were told'),
    by: ['case-manager'],
    schema: payload({
      instead: textField({ title: t('可以怎样', 'What instead'), group: 'booking', max: 500, multiline: true }),
    }),
  }),
  closeNotDeliverable: def({
    label: t('无法安排，结束（不计使用）', 'Close: cannot be delivered (not counted)'),
    told: t('未能安排，已结束，不计使用', 'Could not be delivered; closed, not counted'),
    by: ['case-manager', 'supervisor'],
    schema: payload({ reason }),
    weight: 'costly',
  }),
  closeNotPursued: def({
    label: t('多次联系未果，结束（不计使用）', 'Close: not pursued (not counted)'),
    told: t('多次联系未果，已结束，不计使用', 'Could not be reached; closed, not counted'),
    by: ['case-manager', 'supervisor'],
    schema: payload({}),
    weight: 'costly',
  }),
  logCall: def({
    label: t('记录通话', 'Log a call'),
    told: t('电话联系', 'Telephoned'),
    by: STAFF,
    schema: payload({
      outcome: choiceField({
        title: t('结果', 'Outcome'),
        group: 'messages',
        choices: ['reached', 'no-answer', 'refused-to-talk', 'wrong-number'],
        labels: {
          reached: t('接通，本人或申请人', 'reached'),
          'no-answer': t('未接', 'no answer'),
          'refused-to-talk': t('不便通话', 'could not talk'),
          'wrong-number': t('号码不对', 'wrong number'),
        },
      }),
      note: textField({ title: t('记录', 'Note'), group: 'internal', max: 500, multiline: true }).optional(),
    }),
  }),
  addNote: def({
    label: t('内部备注', 'Internal note'),
    by: [...STAFF, 'operations'],
    quiet: true,
    whileSuspended: true,
    schema: payload({ note: textField({ title: t('备注', 'Note'), group: 'internal', max: 1000, multiline: true }) }),
  }),
  countAbsence: def({
    label: t('未到诊，计为使用', 'Absent: count as used'),
    told: t('未到诊，计为使用', 'Absent: counted as used'),
    by: ['case-manager', 'supervisor'],
    weight: 'costly',
    schema: payload({ reason }),
    warning: () => t('会员会被告知：计为已使用 1 次', 'the member is told that one use is counted'),
  }),
  excuseAbsence: def({
    label: t('未到诊有正当原因，不计使用', 'Absent with cause: not counted'),
    told: t('未到诊有正当原因，不计使用', 'Absent with cause: not counted'),
    by: ['case-manager', 'supervisor'],
    schema: payload({ reason }),
  }),
  countWithdrawnConsent: def({
    label: t('计为使用并结束', 'Count as used and close'),
    told: t('授权撤回后，计为使用', 'Consent withdrawn: counted as used'),
    by: ['supervisor'],
    schema: payload({ reason }),
    weight: 'costly',
  }),
  releaseWithdrawnConsent: def({
    label: t('不计使用并结束', 'Do not count, and close'),
    told: t('授权撤回后，不计使用', 'Consent withdrawn: not counted'),
    by: ['supervisor'],
    schema: payload({ reason }),
  }),
  // — supervisor, operations —
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
  reassign: def({
    label: t('转给同事', 'Hand over to a colleague'),
    by: ['supervisor', 'case-manager'],
    quiet: true,
    schema: payload({
      to: referenceField({ title: t('转给', 'To'), group: 'internal', ref: 'staff:case-manager' }),
      reason,
    }),
    check: (_, _context, facts) =>
      facts.refs.to ? [] : [problem('to', '请选一位在岗的病案经理', 'choose an active case manager')],
  }),
  honour: def({
    label: t('履行已确认的预约', 'Honour the booking'),
    told: t('继续履行已确认的预约', 'The booking is honoured'),
    by: ['operations', 'supervisor'],
    schema: payload({ reason }),
    weight: 'primary',
  }),
  decline: def({
    label: t('不履行，结束（不计使用）', 'Do not honour; close (not counted)'),
    told: t('合同效力终止，预约不再履行', 'The contract ended; the booking is not honoured'),
    by: ['operations', 'supervisor'],
    schema: payload({ reason }),
    weight: 'costly',
  }),
  // — provider —
  offerSlot: def({
    label: t('提供号源', 'Offer a slot'),
    told: t('留出了号源', 'A slot was held'),
    by: ['provider'],
    weight: 'primary',
    schema: payload(offerShape),
    needs: escortOf,
    check: checkOffer as never,
  }),
  cannotOffer: def({
    label: t('约不到', 'Cannot offer'),
    told: t('服务商没有约到', 'The provider could not book'),
    by: ['provider'],
    schema: payload({ why: textField({ title: t('原因', 'Why'), group: 'booking', max: 300, multiline: true }) }),
  }),
  providerCancels: def({
    label: t('医院或服务商取消（不计使用）', 'Provider or hospital cancels (not counted)'),
    told: t('医院或服务商取消了，不计使用', 'Cancelled by hospital or provider, not counted'),
    by: ['provider', 'case-manager'],
    schema: payload({ why: textField({ title: t('原因', 'Why'), group: 'booking', max: 300, multiline: true }) }),
  }),
  providerChanges: def({
    label: t('医院或服务商改期（不计使用）', 'Provider or hospital changes (not counted)'),
    told: t('医院或服务商改了时间，不计使用', 'Changed by hospital or provider, not counted'),
    by: ['provider'],
    schema: payload(offerShape),
    needs: escortOf,
    check: checkOffer as never,
  }),
  checkIn: def({
    label: t('会员已到诊', 'Check in'),
    told: t('已到诊', 'Arrived'),
    by: ['provider'],
    weight: 'primary',
    schema: payload({}),
    check: (_, context: Context, facts) =>
      context.offer && facts.now.getTime() >= dayStart(new Date(context.offer.visitAt).getTime())
        ? []
        : [problem('', '就诊当天起才能签到', 'only from the day of the visit')],
  }),
  checkOut: def({
    label: t('就诊结束', 'Check out'),
    told: t('就诊结束', 'The visit ended'),
    by: ['provider'],
    weight: 'primary',
    schema: payload({}),
  }),
  summarise: def({
    label: t('写就诊小结', 'Write the summary'),
    told: t('写好了就诊小结', 'The summary was written'),
    by: ['provider', 'case-manager'],
    weight: 'primary',
    schema: payload({
      said: textField({ title: t('医生说了什么', 'What was said'), group: 'attendance', max: 2000, multiline: true }),
      nextSteps: textField({ title: t('下一步', 'Next steps'), group: 'attendance', max: 1000, multiline: true }),
    }),
    // What the plan wants there before the summary: the papers of the visit itself.
    check: (_, _context, facts) =>
      facts.missingPapers.length === 0
        ? []
        : [
            problem(
              '',
              '请先附上就诊资料（见资料清单）',
              'attach the papers of the visit first (see the list of papers)',
            ),
          ],
  }),
  reportAbsence: def({
    label: t('会员未到', 'The member did not come'),
    told: t('登记为未到诊', 'Recorded as absent'),
    by: ['provider'],
    schema: payload({
      attempts: textField({
        title: t('联系过的时间和方式', 'Contact attempts'),
        group: 'attendance',
        max: 500,
        multiline: true,
      }),
    }),
    check: (_, context: Context, facts) =>
      context.offer && facts.now.getTime() > new Date(context.offer.visitAt).getTime()
        ? []
        : [problem('attempts', '就诊时间过后才能报告', 'only after the time of the visit')],
  }),
  // — what time and the world bring —
  offerLapsed: def({ label: t('号源保留到期', 'The slot was no longer held'), by: ['system'], schema: payload({}) }),
  pursuitEnded: def({ label: t('联系期满', 'The time to pursue is over'), by: ['system'], schema: payload({}) }),
  ratingLapsed: def({ label: t('评价期满，自动结束', 'Closed without a rating'), by: ['system'], schema: payload({}) }),
  consentWithdrawn: def({
    label: t('撤回了对服务商的授权', 'Consent was withdrawn'),
    by: ['system'],
    whileSuspended: true,
    schema: payload({}),
  }),
  providerConsentGiven: def({
    label: t('同意了新的服务商', 'Consent to the provider was given'),
    by: ['system'],
    schema: payload({}),
  }),
  policyEnded: def({
    label: t('保险合同效力终止', 'The policy ended'),
    by: ['system'],
    whileSuspended: true,
    schema: payload({}),
  }),
  stopImpostor: def({
    label: t('查明不是本人使用，立即停止', 'Not the person entitled: stop at once'),
    told: t('查明不是本人使用，服务已停止', 'Stopped: not used by the person entitled'),
    by: ['supervisor'],
    weight: 'costly',
    whileSuspended: true,
    schema: payload({
      found: textField({
        title: t('查明的事实和依据', 'What was found, and by what'),
        group: 'internal',
        max: 1000,
        multiline: true,
      }),
    }),
    warning: () =>
      t(
        '服务立即停止，资料不再共享，证据保留，公司保留追偿的权利',
        'The service stops and sharing ends at once; the evidence is kept and recovery is reserved',
      ),
  }),
  personDied: def({
    label: t('已登记身故', 'A death was recorded'),
    by: ['system'],
    whileSuspended: true,
    schema: payload({}),
  }),
};

/** What the member says with the request: the hospital and department she names [2.2.1.1], when, and what the escort should know. */
export const request = payload({
  hospital: referenceField({ title: t('希望的医院', 'Hospital you name'), group: 'request', ref: 'list:hospitals' }),
  department: textField({ title: t('希望的科室', 'Department you name'), group: 'request', max: 40 }),
  wishedTimes: textField({ title: t('方便的时间', 'Times that suit'), group: 'request', max: 200 }).optional(),
  escortNeeds: textField({
    title: t('陪诊需要注意的', 'What the escort should know'),
    group: 'request',
    max: 300,
    multiline: true,
  }).optional(),
});
