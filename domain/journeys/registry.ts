/** Every released chart. A running case keeps its version; new cases take the one their plan names. */

import { carTV1 } from './car-t/v1.ts';
import { drugAidV1 } from './drug-aid/v1.ts';
import { geneTestV1 } from './gene-test/v1.ts';
import { hospitalAssistV1 } from './hospital-assist/v1.ts';
import { inpatientAccessV1 } from './inpatient-access/v1.ts';
import type { Journey } from './journey.ts';
import { outpatientAccessV1 } from './outpatient-access/v1.ts';
import { secondOpinionV1 } from './second-opinion/v1.ts';
import { specialDrugV1 } from './special-drug/v1.ts';
import { videoConsultationV1 } from './video-consultation/v1.ts';

export const JOURNEYS: readonly Journey[] = [
  outpatientAccessV1,
  inpatientAccessV1,
  geneTestV1,
  secondOpinionV1,
  specialDrugV1,
  drugAidV1,
  carTV1,
  videoConsultationV1,
  hospitalAssistV1,
];

export const findJourney = (kind: string, version: number): Journey | undefined =>
  JOURNEYS.find((one) => one.kind === kind && one.version === version);

export function getJourney(kind: string, version: number): Journey {
  const journey = findJourney(kind, version);
  if (!journey) throw new Error(`No chart ${kind}/v${version} is released`);
  return journey;
}
