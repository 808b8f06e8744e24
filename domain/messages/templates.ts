import { ADMISSION_TEMPLATES } from './admission-templates.ts';
import { AID_TEMPLATES } from './aid-templates.ts';
import { ASSIST_TEMPLATES } from './assist-templates.ts';
import { CAR_T_TEMPLATES } from './car-t-templates.ts';
import { CASE_TEMPLATES } from './case-templates.ts';
import { COMPLAINT_TEMPLATES } from './complaint-templates.ts';
import { DRUG_TEMPLATES } from './drug-templates.ts';
import { OPINION_TEMPLATES } from './opinion-templates.ts';
import { REQUEST_TEMPLATES } from './request-templates.ts';
import { SAMPLE_TEMPLATES } from './sample-templates.ts';
import { SATISFACTION_TEMPLATES } from './satisfaction-templates.ts';
import type { MessageTemplate } from './template.ts';
import { VIDEO_TEMPLATES } from './video-templates.ts';
import { VISIT_TEMPLATES } from './visit-templates.ts';

const TEMPLATES = {
  ...REQUEST_TEMPLATES,
  ...VISIT_TEMPLATES,
  ...ADMISSION_TEMPLATES,
  ...SAMPLE_TEMPLATES,
  ...CASE_TEMPLATES,
  ...OPINION_TEMPLATES,
  ...DRUG_TEMPLATES,
  ...AID_TEMPLATES,
  ...CAR_T_TEMPLATES,
  ...VIDEO_TEMPLATES,
  ...ASSIST_TEMPLATES,
  ...COMPLAINT_TEMPLATES,
  ...SATISFACTION_TEMPLATES,
};

export type TemplateCode = keyof typeof TEMPLATES;

/** Every template a plan or an action may name. */
export const TEMPLATE_CODES: readonly string[] = Object.keys(TEMPLATES);

/** The template of a code; undefined where there is none. */
export function findTemplate(code: string): MessageTemplate | undefined {
  return Object.hasOwn(TEMPLATES, code) ? TEMPLATES[code as TemplateCode] : undefined;
}
