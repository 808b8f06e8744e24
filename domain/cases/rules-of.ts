/** The plan's values that a booking chart's guards read, fixed with the case when it begins. */
import type { Rules } from '../journeys/journey.ts';
import type { Service } from '../plan/schema.ts';

/** @throws when the service has no switches, which `plan check` asks of every service with such a journey */
export function rulesOf(service: Service): Rules {
  const { switches, expert, pursuit, manager, hospitals, prescription, panel, consultation, ownYear, assist } = service;
  if (!switches) throw new Error('A service with a booking journey needs its switches; plan check should have said so');
  return {
    review: switches.review.is,
    carePath: switches.carePath.is,
    escort: switches.escort.is,
    absence: switches.absence.is,
    changeAfterBooking: switches.changeAfterBooking.is,
    consentWithdrawnAfterBooking: switches.consentWithdrawnAfterBooking.is,
    minRank: expert?.minRank ?? null,
    hospital: { minGrade: hospitals?.minGrade ?? null, class: hospitals?.class ?? null },
    departments: expert?.departments ?? null,
    absenceGrace: switches.absenceGrace
      ? { minutes: switches.absenceGrace.minutes, calls: switches.absenceGrace.calls }
      : null,
    pursuit: pursuit ? { calls: pursuit.calls, onDays: pursuit.onDays } : null,
    namedManager: manager !== undefined,
    prescription: prescription
      ? {
          criteria: prescription.criteria.map(({ code }) => code),
          daysAtMost: prescription.daysAtMost.is,
          refillDays: prescription.refillDays.is,
          approvalDays: prescription.approvalDays.is,
        }
      : null,
    consultation: {
      years: ownYear?.years ?? 0,
      callBackAfterSeconds: consultation?.dispatch.callBackAfterSeconds ?? 0,
      memberWaitSeconds: consultation?.dispatch.memberWaitSeconds ?? 0,
      comeBackHours: consultation?.dispatch.comeBackHours ?? 0,
      answerHours: consultation?.appointment.answerHours ?? 0,
      followUpHours: consultation?.followUpHours ?? 0,
    },
    panel: { experts: panel?.experts ?? 1, decides: panel?.decides ?? 'majority' },
    assist: assist ? { items: assist.items.map(({ code }) => code), holdMinutes: assist.holdMinutes } : null,
  };
}
