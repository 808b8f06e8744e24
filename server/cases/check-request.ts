/** Everything a request must bring, with all faults at once; nothing is half done. */
import type { CreateCase } from '#contract/cases.ts';
import { dayOf } from '#domain/calendar/day.ts';
import { rulesOf } from '#domain/cases/rules-of.ts';
import { isParty, type Journey } from '#domain/journeys/journey.ts';
import { meetsDemand } from '#domain/journeys/phases/kit-v1.ts';
import type { Plan, Service } from '#domain/plan/schema.ts';
import { findListRow, isListed } from '#server/lists/queries.ts';
import { findPaper } from '#server/papers/queries.ts';
import type { Actor, Ctx } from '#server/platform/context.ts';
import type { Db } from '#server/platform/db.ts';
import { type FieldFault, Problem } from '#server/platform/problem.ts';
import { faultsOf, issuesOf } from '#server/platform/validation-faults.ts';
import { type FormRefs, loadFormRefs } from './form-refs.ts';

export type Wish = {
  hospitalId: string;
  hospital: string;
  department: string;
  city: string;
  listVersion: number;
  provider: string | null;
  illnessHospital: string | null;
};

/** @throws Problem not-acceptable with every fault; else the hospital and department the member names [2.2.1.1]. */
export async function checkRequest(
  db: Db,
  ctx: Ctx,
  actor: Actor,
  plan: Plan,
  service: Service,
  journey: Journey,
  input: CreateCase,
  needsOwnConsent: boolean,
  now: Date,
  lang: 'zh' | 'en',
): Promise<{ wish: Wish | null; refs: FormRefs }> {
  const errors: FieldFault[] = [];
  const say = (pointer: string, zh: string, en: string) => errors.push({ pointer, detail: lang === 'zh' ? zh : en });
  const form = journey.request.safeParse(input.form);
  if (!form.success) errors.push(...faultsOf(issuesOf(form.error), input.form, '/form', lang));
  if (input.illness && !plan.illnesses.some(({ code }) => code === input.illness?.code))
    say('/illness/code', '手册的疾病表里没有这一项', "not in the plan's illness table");
  // A day of diagnosis to come is for the decision to refuse; a first sign to come is a slip of the pen.
  for (const field of ['firstSymptomOn', 'firstAbnormalOn', 'firstVisitOn'] as const)
    if ((input.illness?.[field] ?? '') > dayOf(now))
      say(`/illness/${field}`, '不能晚于今天，请核对', 'cannot be later than today: check it');
  for (const id of service.notices) {
    const notice = plan.notices.find((one) => one.id === id);
    if (notice && !input.acknowledged.some((one) => one.id === id && one.version === notice.version))
      say('/acknowledged', `请先阅读并确认：${id}`, `read and acknowledge first: ${id}`);
  }
  for (const [i, paper] of input.papers.entries()) {
    const found = await findPaper(db, ctx, paper.paperId);
    if (!found || found.personId !== input.personId)
      say(`/papers/${i}/paperId`, '没有找到这份资料，请重新上传', 'no such paper of this person; upload it again');
  }
  const items = service.assist?.items.map(({ code }) => code as string);
  if (form.success && items && !items.includes(String(input.form.item)))
    say('/form/item', '这家医院没有这一项，请另选', 'the hospital does not give this; choose another');
  const refs = await loadFormRefs(db, ctx, actor, journey, input, now, say);
  let wish: Wish | null = null;
  const hospitalId = (input.form as { hospital?: string }).hospital;
  if (service.hospitals && hospitalId) {
    const row = (await isListed(db, ctx, service.hospitals.list, hospitalId, dayOf(now)))
      ? await findListRow(db, ctx, service.hospitals.list, hospitalId)
      : undefined;
    if (!row) say('/form/hospital', '这家医院今天不在清单上，请另选', 'not on the list as of today; choose another');
    else {
      const facts = row.row as { name: string; city?: string; provider?: string; departments?: string[] };
      if (!meetsDemand(row.row, rulesOf(service).hospital))
        say(
          '/form/hospital',
          '这家医院的等级不合这项服务的要求，请另选',
          'its grade is not what this service asks for; choose another',
        );
      const department = String((input.form as { department?: string }).department ?? '');
      if (facts.departments && facts.departments.length > 0 && !facts.departments.includes(department))
        say(
          '/form/department',
          '这家医院没有这个科室，请从列表里选',
          'the hospital has no such department; choose from its list',
        );
      wish = {
        hospitalId: row.id,
        hospital: facts.name,
        department,
        city: facts.city ?? '',
        listVersion: row.version,
        provider: service.provider?.hospitalMayName ? (facts.provider ?? null) : null,
        illnessHospital: null,
      };
    }
  }
  const provider = wish?.provider ?? service.provider?.default ?? null;
  if (!needsOwnConsent)
    for (const consent of service.consents) {
      // All but the provider are chosen later in the case, what the plan dates from a milestone comes later; asked for then.
      if ((isParty(consent.to) && consent.to !== 'provider') || consent.from) continue;
      if (consent.items && !consent.items.some((item) => item === input.form.item)) continue;
      const recipient = consent.to === 'provider' ? provider : consent.to;
      const text = plan.consentTexts.find(({ id }) => id === consent.text);
      const given = input.consents.find((one) => one.recipient === recipient && one.purpose === consent.purpose);
      if (!given)
        say(
          '/consents',
          `需要您单独同意把资料交给服务商（${recipient}）`,
          `needs your separate consent to share with ${recipient}`,
        );
      else if (text && given.textVersion !== text.version)
        say('/consents', '授权说明已更新，请重新阅读', 'the consent text has a newer version; read it again');
    }
  if (errors.length > 0) throw new Problem('not-acceptable', { errors });
  return { wish, refs };
}
