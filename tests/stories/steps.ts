/** People and smaller steps that the stories share: policies that change, papers handed in, what somebody reads. */
import type { z } from 'zod';
import type { CaseView } from '#contract/cases.ts';
import type { ClockView } from '#contract/common.ts';
import { type ImportKind, importFile } from '#server/imports/import-file.ts';
import type { Persona } from '#server/sandbox/people.ts';
import type { Answer, Player } from '#server/sandbox/player.ts';
import { member, type TestApp } from '#tests/with-app.ts';
import { ask, type Ids, offerBody, playToOffer } from './outpatient.ts';

type View = z.infer<typeof CaseView>;
let serial = 0;
/** Like `member`, with a birthday, a number and a document that nobody else of the file has. */
export function someone(key: string, change: Partial<Persona> = {}): Persona {
  serial += 1;
  const n = String(serial).padStart(7, '0');
  return {
    ...member(key),
    bornOn: `19${60 + (serial % 30)}-03-${String(1 + (serial % 28)).padStart(2, '0')}`,
    phone: `1981${n}`,
    policyNo: `S${n}`,
    name: `示例${key}`,
    ...change,
  };
}

/** One ordinary member with her policy and account. */
export async function newMember(
  on: TestApp,
  key: string,
  change: Partial<Persona> = {},
): Promise<{ persona: Persona; ids: Ids }> {
  const persona = someone(key, change);
  return { persona, ids: (await on.people([persona])).get(key)! };
}

/** The core system sends the policy again; what follows has happened when it returns. */
export async function policyBecomes(
  on: TestApp,
  persona: Persona,
  state: string,
  from: string,
  change: Partial<Persona> = {},
): Promise<void> {
  await on.people([{ ...persona, ...change, noAccount: true, states: [{ state, from }] }]);
  await catchUp(on);
}
/** Everything due by now happens; a second on, as the sandbox's time runs at real speed meanwhile. */
export const catchUp = async (on: TestApp): Promise<void> =>
  on.advanceTo(new Date((await on.now()).getTime() + 1000).toISOString());

export async function importRows(
  on: TestApp,
  kind: ImportKind,
  rows: readonly (readonly string[])[],
  options: Parameters<typeof importFile>[3] = {},
): Promise<void> {
  const { faults } = await importFile(
    on.ctx,
    kind,
    { name: `${kind}.csv`, content: Buffer.from(rows.map((row) => row.join(',')).join('\n')) },
    options,
  );
  if (faults.length > 0) throw new Error(`The import has faults: ${JSON.stringify(faults[0])}`);
  await catchUp(on);
}

/** The newest clock of a promise. */
export function clockOf(view: Pick<View, 'clocks'>, promise: string): ClockView {
  const clock = view.clocks.filter((one) => one.promise === promise).at(-1);
  if (!clock) throw new Error(`No clock ${promise} among ${view.clocks.map((one) => one.promise).join(', ')}`);
  return clock;
}
export const allowedTypes = (view: Pick<View, 'allowed'>): string[] => view.allowed.map(({ type }) => type);
export const warningOf = (view: Pick<View, 'allowed'>, type: string): string | undefined =>
  view.allowed.find((one) => one.type === type)?.warning;

/** Tries an event that should be refused. */
export async function tryEvent(
  player: Player,
  id: string,
  type: string,
  payload: Record<string, unknown> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const { version } = await player.case(id);
  const answer = await player.send('POST', `/cases/${id}/events`, { type, version, ...payload });
  return { status: answer.status, body: (answer.body ?? {}) as Record<string, unknown> };
}
export const codeOf = ({ status, body }: Answer): string =>
  `${status} ${(body as { code?: string } | null)?.code ?? ''}`.trim();

/** What stands in somebody's inbox, newest first. */
export async function inboxOf(
  on: TestApp,
  player: Player,
): Promise<{ id: string; subject: string; body: string; at: string; caseId: string | null }[]> {
  await catchUp(on);
  return (
    await player.must<{ items: { id: string; subject: string; body: string; at: string; caseId: string | null }[] }>(
      'GET',
      '/messages?limit=100',
    )
  ).items;
}

export async function handIn(
  on: TestApp,
  player: Player,
  id: string,
  personId: string,
  kind: string,
  picture = on.picture,
): Promise<View> {
  return player.must('POST', `/cases/${id}/papers`, { kind, paperId: await player.upload(personId, kind, picture) });
}

/** From nothing to a booked visit. */
export async function playToBooked(
  on: TestApp,
  key: string,
  ids: Ids,
  slot: { visitAt: string; answerBy: string },
): Promise<{ player: Player; id: string }> {
  const { player, id } = await ask(on, key, ids);
  await playToOffer(on, id, slot);
  await player.event(id, 'acceptOffer');
  return { player, id };
}
export const offerAs = async (
  provider: Player,
  id: string,
  slot: { visitAt: string; answerBy: string },
): Promise<View> => provider.event(id, 'offerSlot', await offerBody(provider, slot));

/** Members of staff ask for a minor's file, each for her own account, and a supervisor agrees. */
export async function openMinorFor(
  on: TestApp,
  accounts: readonly string[],
  { personId, caseId }: { personId: string; caseId: string },
): Promise<void> {
  const supervisor = await on.as('supervisor');
  for (const account of accounts) {
    const { approvalId } = await (await on.as(account)).must<{ approvalId: string }>(
      'POST',
      `/persons/${personId}/minor-access`,
      { reason: '处理监护人提交的申请', caseId },
    );
    await supervisor.must('POST', `/approvals/${approvalId}`, { approve: true });
  }
}
