/** Steps of a video consultation that stories share, through HTTP. */
import type { z } from 'zod';
import type { CaseView } from '#contract/cases.ts';
import type { DoctorDesk, VideoStanding } from '#contract/video.ts';
import type { Answer, Player } from '#server/sandbox/player.ts';
import type { TestApp } from '#tests/with-app.ts';
import type { Ids } from './outpatient.ts';
import { catchUp, newMember } from './steps.ts';

export const VIDEO = 'video-consultation';
export type View = z.infer<typeof CaseView>;
export type Member = { player: Player; ids: Ids; key: string };

export const NOTE = {
  complaint: '咳嗽三天',
  advice: '多休息，多喝水，症状加重再就诊',
  seekCare: '呼吸内科，带上以前的检查',
  redFlags: '高烧不退、呼吸困难',
};

/** What a request says; `form` as the story needs. */
export async function videoBody(
  { player, ids }: Pick<Member, 'player' | 'ids'>,
  act: 'open' | 'use',
  form: Record<string, unknown> = act === 'use' ? { complaint: '咳嗽三天' } : {},
): Promise<Record<string, unknown>> {
  const { consents, notices } = await player.form(VIDEO, ids.policyId, ids.personId);
  return {
    service: VIDEO,
    act,
    ...ids,
    form,
    consents: consents.map(({ recipient, purpose, textVersion }) => ({ recipient, purpose, textVersion })),
    acknowledged: notices.map(({ id, version }) => ({ id, version })),
  };
}
export const tryAsk = async (member: Member, act: 'open' | 'use', form?: Record<string, unknown>): Promise<Answer> =>
  member.player.send('POST', '/cases', await videoBody(member, act, form));

/** A new member who may use the service: applied for, and acknowledged by the stand-in. */
export async function opened(on: TestApp, key: string, change = {}): Promise<Member> {
  const { ids } = await newMember(on, key, change);
  const member = { player: await on.as(key), ids, key };
  const { id } = await member.player.request(await videoBody(member, 'open'));
  await catchUp(on);
  const view = await member.player.case(id);
  if (view.state !== 'open') throw new Error(`The opening of ${key} is ${view.state}`);
  return member;
}

/** Asks for a doctor; returns the case. */
export const asks = async (member: Member, form?: Record<string, unknown>): Promise<string> =>
  (await member.player.request(await videoBody(member, 'use', form))).id;

export const standing = ({ player, ids }: Member): Promise<VideoStanding> =>
  player.must('GET', `/video/standing?service=${VIDEO}&policyId=${ids.policyId}&personId=${ids.personId}`);

export const desk = (doctor: Player): Promise<DoctorDesk> => doctor.must('GET', '/video/desk');
export const duty = (doctor: Player, on = true): Promise<DoctorDesk> => doctor.must('POST', '/video/duty', { on });

/** The doctor of this account, on duty. */
export async function onDuty(on: TestApp, account = 'video-doctor'): Promise<Player> {
  const doctor = await on.as(account);
  await duty(doctor);
  return doctor;
}

export async function offerOf(doctor: Player): Promise<string> {
  const { offer } = await desk(doctor);
  if (!offer) throw new Error('Nothing is offered');
  return offer.id;
}
export async function accepts(doctor: Player): Promise<{ caseId: string; roomId: string }> {
  return doctor.must('POST', `/video/offers/${await offerOf(doctor)}/accept`);
}
/** From the accepted call to a released note. */
export async function talksAndWrites(doctor: Player, caseId: string): Promise<void> {
  await doctor.event(caseId, 'endCall');
  await doctor.event(caseId, 'releaseNote', NOTE);
}
