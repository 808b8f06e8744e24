/** Who is served, who asks, and through which channel. */
import { adultFrom, type Matter } from './matter.ts';
import type { Proof } from './question.ts';
import { type Reason, reason } from './reasons.ts';

/** role-not-entitled … channel-not-offered, in order. */
export function reasonsOfPeople(matter: Matter): Reason[] {
  return [...role(matter), ...applicant(matter), ...guardian(matter), ...channel(matter)];
}

/** not-mainland-citizen, which stands after the rules about the illness. */
export function reasonsOfCitizenship({ service, question }: Matter): Reason[] {
  if (service.citizens.is !== 'mainland' || question.person.mainlandCitizen) return [];
  return [reason('not-mainland-citizen', service.citizens.clause, { service: service.name })];
}

function role({ service, question }: Matter): Reason[] {
  const { is: entitled, clause } = service.persons;
  if (entitled.includes(question.person.role)) return [];
  return [reason('role-not-entitled', clause, { service: service.name, role: question.person.role, entitled })];
}

function applicant({ service, question, day }: Matter): Reason[] {
  const { relation, proofs } = question.applicant;
  const { is: entitled, clause } = service.applicants;
  const adult = adultFrom(question.person.bornOn);
  const cause = !entitled.includes(relation)
    ? 'relation'
    : relation === 'agent' && !proofs.includes('authorisation')
      ? 'no-authorisation'
      : relation === 'guardian' && adult <= day && question.person.fullCapacity
        ? 'person-of-age'
        : null;
  if (!cause) return [];
  return [reason('applicant-not-entitled', clause, { service: service.name, cause, entitled, adultFrom: adult })];
}

function guardian({ service, question, day }: Matter): Reason[] {
  const { person, applicant } = question;
  const adult = adultFrom(person.bornOn);
  const minor = day < adult;
  const withoutCapacity = !person.fullCapacity;
  if (!minor && !withoutCapacity) return [];

  // Where both hold, either proof shows why a guardian acts.
  const fitting: Proof[] = [];
  if (minor) fitting.push('minority');
  if (withoutCapacity) fitting.push('incapacity');
  const proven =
    applicant.relation === 'guardian' &&
    applicant.proofs.includes('guardianship') &&
    fitting.some((proof) => applicant.proofs.includes(proof));
  if (proven) return [];
  const facts = { service: service.name, minorUntil: minor ? adult : null, withoutCapacity };
  return [reason('guardian-needed', service.guardian.clause, facts)];
}

function channel({ plan, service, question }: Matter): Reason[] {
  const { is: offered, clause } = service.channels;
  if (offered.includes(question.channel)) return [];
  const facts = { service: service.name, channel: question.channel, offered, hotline: plan.hotline };
  return [reason('channel-not-offered', clause, facts)];
}
