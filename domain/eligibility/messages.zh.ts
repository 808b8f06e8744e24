/** What a member is told of each rule, in Chinese: one sentence, with the days that decide it. No blame, no code. */
import type { ReasonFacts, RuleName } from './reasons.ts';
import { CHANNEL_WORDS, dayInWords, KIND_WORDS, oneOf, RELATION_WORDS, ROLE_WORDS } from './words.ts';

export type Messages = { readonly [R in RuleName]: (facts: ReasonFacts[R]) => string };

const day = (value: string) => dayInWords(value, 'zh');
const STOPPED = { suspended: '中止', terminated: '终止' };
const PER = { policy: '每份保单', 'policy-year': '每个保单年度', lifetime: '每人终身' };
const GRADES = ['', '一级', '二级', '三级'];

export const MESSAGES_ZH: Messages = {
  'edition-not-in-force': ({ plan, day: at, firstFrom }) =>
    firstFrom
      ? `${plan.zh}的服务手册自${day(firstFrom)}起生效，${day(at)}时还不能使用服务。`
      : `${plan.zh}在${day(at)}没有生效的服务手册，暂时不能使用服务。`,
  'service-not-in-plan': ({ plan, edition }) => `${plan.zh}${day(edition)}版的服务手册不包含这项服务。`,
  'role-not-entitled': ({ service, role, entitled }) =>
    `${service.zh}为${names(entitled, ROLE_WORDS.zh)}提供，${ROLE_WORDS.zh[role]}暂不在服务范围内。`,
  'applicant-not-entitled': ({ service, cause, entitled, adultFrom }) =>
    ({
      relation: `${service.zh}可以由${names(entitled, RELATION_WORDS.zh)}申请。`,
      'no-authorisation': `由他人代您申请${service.zh}，还需要您的授权委托书。`,
      'person-of-age': `服务使用人自${day(adultFrom)}起已成年，${service.zh}请由本人申请，或由持授权委托书的代理人申请。`,
    })[cause],
  'guardian-needed': ({ service, minorUntil, withoutCapacity }) => {
    if (!minorUntil)
      return `服务使用人目前不能独立办理，${service.zh}请由监护人申请，并提供监护关系证明和民事行为能力证明。`;
    const papers = withoutCapacity ? '未成年证明或民事行为能力证明' : '未成年证明';
    return `服务使用人到${day(minorUntil)}才满18周岁，${service.zh}请由监护人申请，并提供监护关系证明和${papers}。`;
  },
  'channel-not-offered': ({ service, offered, hotline }) =>
    offered.includes('hotline')
      ? `${service.zh}请拨打服务热线 ${hotline} 申请，客服会为您登记。`
      : `${service.zh}请在${names(offered, CHANNEL_WORDS.zh)}的个人专区申请。`,
  'policy-not-in-force': ({ service, cause, on }) =>
    ({
      'not-yet': `您的保单自${day(on)}起生效，在此之前还不能使用${service.zh}。`,
      expired: `您的保单已于${day(on)}到期，${service.zh}随保单一同结束。`,
      'no-state': `截至${day(on)}，您的保单还没有生效记录，暂时不能使用${service.zh}。`,
      suspended: `您的保单自${day(on)}起中止，目前不能使用${service.zh}。`,
      terminated: `您的保单已于${day(on)}终止，不能再使用${service.zh}。`,
    })[cause],
  'entitlement-ended': ({ service, state, on, comesBack }) =>
    comesBack
      ? `您的保单自${day(on)}起${STOPPED[state]}，${service.zh}的权益同时暂停，保单恢复后可以继续使用。`
      : `您的保单于${day(on)}${STOPPED[state]}，${service.zh}的权益自那时起结束，保单恢复后也不再恢复。`,
  'in-cooling-off': ({ service, endsOn, usableFrom }) =>
    `您的保单犹豫期到${day(endsOn)}为止，${service.zh}自${day(usableFrom)}起可以使用。`,
  'in-waiting-period': ({ service, endsOn, usableFrom }) =>
    `您的保单等待期到${day(endsOn)}为止，${service.zh}自${day(usableFrom)}起可以申请。`,
  'no-diagnosis': ({ service, needed, cause }) =>
    cause === 'no-illness'
      ? `申请${service.zh}需要${KIND_WORDS.zh[needed]}的确诊信息，目前还没有。`
      : `申请${service.zh}还缺确诊日期，请您按诊断证明补充。`,
  'wrong-illness': ({ service, needed, given }) =>
    given === 'other'
      ? `${service.zh}用于${KIND_WORDS.zh[needed]}，目前登记的疾病不在这个范围内。`
      : `${service.zh}用于${KIND_WORDS.zh[needed]}，目前登记的是${KIND_WORDS.zh[given]}，不在这个范围内。`,
  'ill-in-waiting-period': ({ service, diagnosedOn, waitingFrom, waitingEndsOn, earlier }) =>
    `${earlier ? '此前一次疾病的' : ''}确诊日期${day(diagnosedOn)}在等待期内（${day(waitingFrom)}至${day(waitingEndsOn)}），按条款${service.zh}在等待期后也不能使用。`,
  'diagnosed-outside-policy': ({ service, diagnosedOn, cause, limitDay }) =>
    ({
      before: `确诊日期${day(diagnosedOn)}早于保单生效日${day(limitDay)}，${service.zh}用于保单有效期内首次确诊的疾病。`,
      after: `确诊日期${day(diagnosedOn)}晚于保单到期日${day(limitDay)}，${service.zh}用于保单有效期内首次确诊的疾病。`,
      'in-future': `登记的确诊日期${day(diagnosedOn)}晚于申请当天（${day(limitDay)}），请您按诊断证明核对。`,
    })[cause],
  'onset-too-early': ({ service, onsetOn, waitingEndsOn, effectiveFrom }) =>
    waitingEndsOn
      ? `最早的症状或异常出现在${day(onsetOn)}，不晚于等待期最后一天${day(waitingEndsOn)}，${service.zh}需要由医学审核人员确认后再答复您。`
      : `最早的症状或异常出现在${day(onsetOn)}，早于保单生效日${day(effectiveFrom)}，${service.zh}需要由医学审核人员确认后再答复您。`,
  'not-first-diagnosis': ({ service, needed }) =>
    `${service.zh}用于首次确诊的${KIND_WORDS.zh[needed]}，这次登记的不是首次确诊。`,
  'pre-existing': ({ service, effectiveFrom }) =>
    `${service.zh}不包含保单生效日${day(effectiveFrom)}之前已有的疾病，这次登记的疾病在此之前已有。`,
  'hospital-not-qualified': ({ service, minGrade, public: isPublic, known }) => {
    const demand = `${isPublic ? '公立' : ''}${GRADES[minGrade]}${minGrade < 3 ? '及以上' : ''}医院`;
    return known
      ? `${service.zh}要求在${demand}治疗，目前登记的医院不符合。`
      : `${service.zh}要求在${demand}治疗，目前还不知道治疗医院的等级和性质。`;
  },
  'not-mainland-citizen': ({ service }) => `${service.zh}仅为中国大陆公民提供。`,
  'held-by-open-case': ({ service, limit, per, held, yearEndsOn }) =>
    `${service.zh}${PER[per]}可使用${limit}次${until(yearEndsOn)}，您有${held}次正在办理，办结之前不能再申请。`,
  'used-up': ({ service, limit, per, spent, lastOn, yearEndsOn }) =>
    `${service.zh}${PER[per]}可使用${limit}次${until(yearEndsOn)}，您已使用${spent}次${lastOn ? `，最近一次在${day(lastOn)}` : ''}。`,
  'already-open': ({ service, openedOn, endsOn, openAgainFrom }) =>
    `您的${service.zh}已于${day(openedOn)}开通，可使用至${day(endsOn)}，${day(openAgainFrom)}起可以再次申请开通。`,
  'not-opened': ({ service, opensOn }) =>
    opensOn
      ? `您的${service.zh}将于${day(opensOn)}开通，开通后就可以使用。`
      : `您还没有开通${service.zh}，申请开通后就可以使用。`,
  lapsed: ({ service, openedOn, endsOn }) =>
    `您的${service.zh}于${day(openedOn)}开通，有效期已于${day(endsOn)}结束，再次申请开通后可以继续使用。`,
};

function names<K extends string>(keys: readonly K[], words: Readonly<Record<K, string>>): string {
  return oneOf(
    keys.map((key) => words[key]),
    'zh',
  );
}

function until(yearEndsOn: string | null): string {
  return yearEndsOn ? `（本保单年度到${day(yearEndsOn)}为止）` : '';
}
