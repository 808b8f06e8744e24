/** What a member is told of each rule, in English; says the same as the Chinese, sentence by sentence. */
import type { Messages } from './messages.zh.ts';
import { CHANNEL_WORDS, dayInWords, KIND_WORDS, oneOf, RELATION_WORDS, ROLE_WORDS } from './words.ts';

const day = (value: string) => dayInWords(value, 'en');
const PER = { policy: 'per policy', 'policy-year': 'per policy year', lifetime: 'per person for life' };

export const MESSAGES_EN: Messages = {
  'edition-not-in-force': ({ plan, day: at, firstFrom }) =>
    firstFrom
      ? `The service handbook of ${plan.en} takes effect on ${day(firstFrom)}; its services cannot be used on ${day(at)}.`
      : `${plan.en} has no service handbook in force on ${day(at)}, so its services cannot be used for now.`,
  'service-not-in-plan': ({ plan, edition }) =>
    `The service handbook of ${plan.en}, edition ${day(edition)}, does not contain this service.`,
  'role-not-entitled': ({ service, role, entitled }) =>
    `${service.en} is for ${names(entitled, ROLE_WORDS.en)}; it does not cover ${ROLE_WORDS.en[role]}.`,
  'applicant-not-entitled': ({ service, cause, entitled, adultFrom }) =>
    ({
      relation: `${service.en} can be requested by ${names(entitled, RELATION_WORDS.en)}.`,
      'no-authorisation': `For somebody else to request ${service.en} for you, your letter of authorisation is needed.`,
      'person-of-age': `The person served is of age since ${day(adultFrom)}; ${service.en} is for that person to request, or for an agent with a letter of authorisation.`,
    })[cause],
  'guardian-needed': ({ service, minorUntil, withoutCapacity }) => {
    if (!minorUntil)
      return `The person served cannot act alone at present; a guardian is asked to request ${service.en} with proof of guardianship and of capacity.`;
    const papers = withoutCapacity ? 'of minority or of capacity' : 'of minority';
    return `The person served is 18 only from ${day(minorUntil)}; a guardian is asked to request ${service.en} with proof of guardianship and ${papers}.`;
  },
  'channel-not-offered': ({ service, offered, hotline }) =>
    offered.includes('hotline')
      ? `Please call the hotline ${hotline} for ${service.en}; the desk files it for you.`
      : `Please request ${service.en} ${names(offered, CHANNEL_WORDS.en)} in your personal area.`,
  'policy-not-in-force': ({ service, cause, on }) =>
    ({
      'not-yet': `Your policy takes effect on ${day(on)}; before that ${service.en} cannot be used.`,
      expired: `Your policy expired on ${day(on)}, and ${service.en} with it.`,
      'no-state': `Up to ${day(on)} your policy has no record of being in force, so ${service.en} cannot be used for now.`,
      suspended: `Your policy is suspended since ${day(on)}, so ${service.en} cannot be used at present.`,
      terminated: `Your policy was terminated on ${day(on)}, so ${service.en} can no longer be used.`,
    })[cause],
  'entitlement-ended': ({ service, state, on, comesBack }) =>
    comesBack
      ? `Your policy is ${state} since ${day(on)} and ${service.en} pauses with it; it goes on when the policy is revived.`
      : `Your policy was ${state} on ${day(on)}; ${service.en} ended then and does not come back when the policy is revived.`,
  'in-cooling-off': ({ service, endsOn, usableFrom }) =>
    `The cooling-off period of your policy lasts through ${day(endsOn)}; ${service.en} can be used from ${day(usableFrom)}.`,
  'in-waiting-period': ({ service, endsOn, usableFrom }) =>
    `The waiting period of your policy lasts through ${day(endsOn)}; ${service.en} can be requested from ${day(usableFrom)}.`,
  'no-diagnosis': ({ service, needed, cause }) =>
    cause === 'no-illness'
      ? `${service.en} needs the diagnosis of ${KIND_WORDS.en[needed]}, which is not there yet.`
      : `${service.en} still needs the day of diagnosis; please add it from the diagnosis paper.`,
  'wrong-illness': ({ service, needed, given }) =>
    `${service.en} is for ${KIND_WORDS.en[needed]}; what is recorded is ${KIND_WORDS.en[given]}, which it does not cover.`,
  'ill-in-waiting-period': ({ service, diagnosedOn, waitingFrom, waitingEndsOn, earlier }) =>
    `The ${earlier ? 'earlier illness was diagnosed' : 'diagnosis is dated'} ${day(diagnosedOn)}, inside the waiting period (${day(waitingFrom)} to ${day(waitingEndsOn)}); by its terms ${service.en} cannot be used after that period either.`,
  'diagnosed-outside-policy': ({ service, diagnosedOn, cause, limitDay }) =>
    ({
      before: `The diagnosis of ${day(diagnosedOn)} lies before the policy took effect on ${day(limitDay)}; ${service.en} is for an illness first diagnosed while the policy is in force.`,
      after: `The diagnosis of ${day(diagnosedOn)} lies after the policy expired on ${day(limitDay)}; ${service.en} is for an illness first diagnosed while the policy is in force.`,
      'in-future': `The recorded day of diagnosis, ${day(diagnosedOn)}, is later than the day of this request (${day(limitDay)}); please check it against the diagnosis paper.`,
    })[cause],
  'onset-too-early': ({ service, onsetOn, waitingEndsOn, effectiveFrom }) =>
    waitingEndsOn
      ? `The first sign appeared on ${day(onsetOn)}, no later than the last day of the waiting period, ${day(waitingEndsOn)}; a medical reviewer looks at ${service.en} before we answer you.`
      : `The first sign appeared on ${day(onsetOn)}, before the policy took effect on ${day(effectiveFrom)}; a medical reviewer looks at ${service.en} before we answer you.`,
  'not-first-diagnosis': ({ service, needed }) =>
    `${service.en} is for the first diagnosis of ${KIND_WORDS.en[needed]}; what is recorded is not a first diagnosis.`,
  'pre-existing': ({ service, effectiveFrom }) =>
    `${service.en} does not cover an illness from before the policy took effect on ${day(effectiveFrom)}; the recorded illness was there before.`,
  'hospital-not-qualified': ({ service, minGrade, public: isPublic, known }) => {
    const demand = `a ${isPublic ? 'public ' : ''}hospital of grade ${minGrade}${minGrade < 3 ? ' or above' : ''}`;
    return known
      ? `${service.en} asks for treatment at ${demand}; the recorded hospital does not meet this.`
      : `${service.en} asks for treatment at ${demand}; grade and ownership of the treating hospital are not known yet.`;
  },
  'not-mainland-citizen': ({ service }) => `${service.en} is offered to mainland Chinese citizens only.`,
  'held-by-open-case': ({ service, limit, per, held, yearEndsOn }) =>
    `${service.en} can be used ${times(limit)} ${PER[per]}${until(yearEndsOn)}; ${held} of yours is in progress, and another request can follow once it is closed.`,
  'used-up': ({ service, limit, per, spent, lastOn, yearEndsOn }) =>
    `${service.en} can be used ${times(limit)} ${PER[per]}${until(yearEndsOn)}; you have used it ${times(spent)}${lastOn ? `, last on ${day(lastOn)}` : ''}.`,
  'already-open': ({ service, openedOn, endsOn, openAgainFrom }) =>
    `Your ${service.en} was opened on ${day(openedOn)} and can be used through ${day(endsOn)}; it can be applied for again from ${day(openAgainFrom)}.`,
  'not-opened': ({ service, opensOn }) =>
    opensOn
      ? `Your ${service.en} opens on ${day(opensOn)} and can be used from then.`
      : `Your ${service.en} is not opened yet; it can be used once you have applied for it.`,
  lapsed: ({ service, openedOn, endsOn }) =>
    `Your ${service.en} was opened on ${day(openedOn)} and ended on ${day(endsOn)}; it can be used again once you have applied for it anew.`,
};

function names<K extends string>(keys: readonly K[], words: Readonly<Record<K, string>>): string {
  return oneOf(
    keys.map((key) => words[key]),
    'en',
  );
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

function until(yearEndsOn: string | null): string {
  return yearEndsOn ? ` (this year of the policy ends on ${day(yearEndsOn)})` : '';
}
