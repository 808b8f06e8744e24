/** Whether a doctor may take a video consultation at a moment: in service, at a hospital of the grade that the plan asks for [2.1.2]. Pure. */

/** A row of the list of video doctors, as far as it counts. */
export type Credential = {
  readonly grade: number;
  readonly class: string | null;
  readonly inService: boolean;
  /** Until this moment. */
  readonly validUntil: Date;
};
/** What the plan asks of the hospital. */
export type DoctorDemand = { readonly minGrade: number; readonly class: string };
export type Lapse = 'not-listed' | 'not-in-service' | 'wrong-hospital' | 'lapsed';

/** A list row as its credential; null where the list has none of the day. */
export const credentialOf = (row: Readonly<Record<string, unknown>> | null | undefined): Credential | null =>
  row
    ? {
        grade: Number(row.grade),
        class: (row.class as string | undefined) ?? null,
        inService: row.inService === true,
        validUntil: new Date(String(row.validUntil)),
      }
    : null;

/** Why she may not take calls at this moment; null: she may. */
export function lapseOf(credential: Credential | null, demand: DoctorDemand, now: Date): Lapse | null {
  if (!credential) return 'not-listed';
  if (!credential.inService) return 'not-in-service';
  if (credential.grade < demand.minGrade || credential.class !== demand.class) return 'wrong-hospital';
  return now < credential.validUntil ? null : 'lapsed';
}
export const isValidAt = (credential: Credential | null, demand: DoctorDemand, now: Date): boolean =>
  lapseOf(credential, demand, now) === null;
