import type { Plan } from '#domain/plan/schema.ts';

/** Every name a plan knows, in both languages, and the plain words for what it is about. */
export function listServiceWords(plans: readonly Plan[]): string[] {
  const names = plans.flatMap((plan) => [
    ...Object.values(plan.services).flatMap(({ name, gives }) => [name, gives]),
    ...[...plan.illnesses, ...plan.providers, ...plan.paperKinds].map(({ name }) => name),
  ]);
  const plain = [
    '医',
    '病',
    '药',
    '癌',
    '肿瘤',
    '绿通',
    '门诊',
    '住院',
    '陪诊',
    '检测',
    'hospital',
    'clinic',
    'illness',
    'drug',
    'doctor',
    'cancer',
    'tumour',
    'outpatient',
  ];
  return [...new Set([...names.flatMap(({ zh, en }) => [zh, en]), ...plain])];
}
