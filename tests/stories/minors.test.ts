/** A minor's file: staff open it only after a supervisor agreed, each for herself, for a while, and it is all on record. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CaseView } from '#contract/cases.ts';
import type { Persona } from '#server/sandbox/people.ts';
import { type Answer, type Player, passCheck } from '#server/sandbox/player.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { type Ids, playToOffer, requestBody } from './outpatient.ts';
import { codeOf, newMember, openMinorFor, someone } from './steps.ts';

type Minor = { personId: string; caseId: string | null; asked: { state: string; note: string | null } | null };
type Row = { id: string; kind: string; state: string; reason: string; details: { label: string; value: string }[] };
type Filed = { ids: Ids; child: Persona; id: string; mother: Player; paperId: string; decisionId: string };
const NORM = '[未成年人网络保护条例 36]';
const GUARDED = ['reviewer', 'manager', 'operations'] as const;
const CLOSED = '403 minor-approval-needed';

let on: TestApp;
let serial = 0;
beforeAll(async () => {
  on = await openApp({ at: '2026-07-01T10:00:00+08:00' });
});
afterAll(() => on.close());

/** A mother files for her child. */
async function childCase(bornOn = '2013-06-01'): Promise<Filed> {
  serial += 1;
  const [parent, key] = [`parent${serial}`, `child${serial}`];
  const child = someone(key, { bornOn, holder: parent, noAccount: true });
  const ids = (await on.people([someone(parent), child])).get(key)!;
  const mother = await on.as(parent);
  const proofs = [];
  for (const kind of ['guardianship', 'minority'])
    proofs.push({ kind, paperId: await mother.upload(ids.personId, kind, on.picture) });
  const body = { ...(await requestBody(on, mother, ids)), applicant: { relation: 'guardian', proofs } };
  const filed = await mother.request(body);
  const paperId = filed.papers.flatMap(({ papers }) => papers)[0]!.id;
  return { ids, child, id: filed.id, mother, paperId, decisionId: filed.decisionId! };
}
const minorOf = ({ body }: Answer) => (body as { minor: Minor }).minor;
const ask = (player: Player, { ids, id }: Filed, reason = '处理监护人提交的申请') =>
  player.send('POST', `/persons/${ids.personId}/minor-access`, { reason, caseId: id });
const approvalOf = (answer: Answer) => (answer.body as { approvalId: string }).approvalId;

let filed: Filed;
beforeEach(async () => {
  filed = await childCase();
});

test.for(GUARDED)(
  `${NORM} %s opens nothing of a minor without a grant: case, events, papers, decision, person`,
  async (account) => {
    const { ids, id, paperId, decisionId } = filed;
    const player = await on.as(account);
    const probes: [method: 'GET' | 'POST', path: string, body?: unknown][] = [
      ['GET', `/cases/${id}`],
      ['POST', `/cases/${id}/events`, { type: 'takeReview', version: 1 }],
      ['POST', `/cases/${id}/papers`, { kind: 'visit-record', paperId }],
      ['POST', `/cases/${id}/corrections`, { kind: 'correct-use', reason: '这次使用记错了' }],
      ['GET', `/papers/${paperId}/preview`],
      ['GET', `/papers/${paperId}/original`],
      ['GET', `/decisions/${decisionId}`],
      ['POST', `/persons/${ids.personId}/reveal`, { reason: '核对身份', caseId: id }],
      ['POST', `/persons/${ids.personId}/death`, { diedOn: '2026-06-30', evidence: 'hospital-notice', caseId: id }],
      ['POST', `/persons/${ids.personId}/capacity`, { value: 'none', from: '2026-06-01', evidence: 'court-ruling' }],
    ];
    const answers: string[] = [];
    for (const [method, path, body] of probes) {
      const answer = await player.send(method, path, body);
      const code = codeOf(answer);
      if (code === '403 not-for-this-role') continue;
      answers.push(`${method} ${path} ${code}`);
      expect(minorOf(answer), path).toMatchObject({ personId: ids.personId, asked: null });
      expect(JSON.stringify(answer.body)).not.toMatch(new RegExp(`${filed.child.name}|肿瘤|${filed.child.phone}`));
    }
    expect(answers.filter((line) => !line.endsWith(CLOSED))).toEqual([]);
    expect(answers.length).toBeGreaterThanOrEqual(2);
    // The lists show it as before: number, service and state, the name masked.
    const { items } = await player.must<{ items: { id: string; person: { name: string; masked: boolean } }[] }>(
      'GET',
      '/worklist?desk=all&limit=100',
    );
    expect(items.find((row) => row.id === id)).toMatchObject({ person: { name: '示**', masked: true } });
  },
);

test(`${NORM} asked with a reason and approved by a supervisor, the file opens to that account alone, and both are on record`, async () => {
  const { ids, id, paperId, decisionId } = filed;
  const [reviewer, other, supervisor] = [await on.as('reviewer'), await on.as('reviewer2'), await on.as('supervisor')];
  const asked = await ask(reviewer, filed);
  expect(asked.status).toBe(201);
  expect(minorOf(await reviewer.send('GET', `/cases/${id}`))).toMatchObject({ asked: { state: 'open', note: null } });
  expect(codeOf(await ask(reviewer, filed))).toBe('409 conflict');
  // Somebody else's question is her own.
  const others = await ask(other, filed);
  expect(others.status).toBe(201);
  const { items } = await supervisor.must<{ items: Row[] }>('GET', '/approvals?limit=100');
  expect(items.find((row) => row.id === approvalOf(asked))).toMatchObject({
    kind: 'open-minor',
    state: 'open',
    caseId: id,
    reason: '处理监护人提交的申请',
    details: [
      { label: '未成年人', value: '示**' },
      { label: '同意后可查看（天）', value: '30' },
    ],
  });
  await supervisor.must('POST', `/approvals/${approvalOf(asked)}`, { approve: true });
  expect((await reviewer.case(id)).id).toBe(id);
  expect((await reviewer.send('GET', `/decisions/${decisionId}`)).status).toBe(200);
  const revealed = await reviewer.must<{ name: string }>('POST', `/persons/${ids.personId}/reveal`, {
    reason: '核对身份',
    caseId: id,
  });
  expect(revealed.name).toBe(filed.child.name);
  expect((await reviewer.event(id, 'judgePaper', { paper: paperId, verdict: 'accepted' })).id).toBe(id);
  expect(codeOf(await other.send('GET', `/cases/${id}`))).toBe(CLOSED);
  expect(codeOf(await ask(reviewer, filed))).toBe('409 conflict');
  const found = await actionsOn(ids.personId);
  expect(found).toEqual(
    expect.arrayContaining(['approval.asked', 'approval.approved', 'minor.access-given', 'case.read']),
  );
});

test(`${NORM} refused with a written reason it stays closed, and may be asked for again`, async () => {
  const manager = await on.as('manager');
  const asked = await ask(manager, filed);
  const supervisor = await on.as('supervisor');
  await supervisor.must('POST', `/approvals/${approvalOf(asked)}`, { approve: false, note: '已有同事负责' });
  const answer = await manager.send('GET', `/cases/${filed.id}`);
  expect(codeOf(answer)).toBe(CLOSED);
  expect(minorOf(answer)).toMatchObject({ asked: { state: 'refused', note: '已有同事负责' } });
  expect((await ask(manager, filed)).status).toBe(201);
});

test(`${NORM} a supervisor opens it herself, and that is logged; only supervisors decide, and staff of no desk cannot ask`, async () => {
  const supervisor = await on.as('supervisor');
  expect((await supervisor.case(filed.id)).id).toBe(filed.id);
  expect(await actionsOn(filed.ids.personId)).toContain('case.read');
  const asked = await ask(await on.as('reviewer'), filed);
  expect(
    codeOf(await (await on.as('manager')).send('POST', `/approvals/${approvalOf(asked)}`, { approve: true })),
  ).toBe('403 not-for-this-role');
  for (const account of ['desk', 'provider', 'supervisor', 'planner', 'admin', 'auditor'])
    expect([account, codeOf(await ask(await on.as(account), filed))]).toEqual([account, '403 not-for-this-role']);
});

test(`${NORM} a supervisor who hands the case to a case manager approves her access with it; a colleague's hand-over does not`, async () => {
  const [supervisor, manager] = [await on.as('supervisor'), await on.as('manager')];
  await openMinorFor(on, ['reviewer', 'manager'], { personId: filed.ids.personId, caseId: filed.id });
  const { items: staff } = await supervisor.must<{ items: { id: string; name: string }[] }>(
    'GET',
    '/staff?role=case-manager',
  );
  const idOf = (name: string) => staff.find((one) => one.name.includes(name))!.id;
  const second = await on.as('manager2');
  await playToOffer(on, filed.id, { visitAt: '2026-07-14T09:30:00+08:00', answerBy: '2026-07-08T18:00:00+08:00' });
  await manager.event(filed.id, 'reassign', { to: idOf('云帆'), reason: '休假' });
  expect(codeOf(await second.send('GET', `/cases/${filed.id}`))).toBe(CLOSED);
  await supervisor.event(filed.id, 'reassign', { to: idOf('云帆'), reason: '休假，主管同意' });
  expect((await second.case(filed.id)).id).toBe(filed.id);
  const { rows } = await on.database.owner.query(
    'select how from yilu.minor_grants where person_id = $1 order by granted_at, id',
    [filed.ids.personId],
  );
  expect(rows.map(({ how }) => how)).toEqual(['approved', 'approved', 'assigned']);
});

test(`${NORM} the guardian in a verified call opens it to that agent for the check's half hour, recorded as such`, async () => {
  const desk = await on.as('desk');
  expect((await desk.send('GET', `/cases/${filed.id}`)).status).toBe(404);
  await passCheck(desk, filed.child, filed.ids.personId);
  expect((await desk.case(filed.id)).id).toBe(filed.id);
  expect((await desk.send('GET', `/desk/persons/${filed.ids.personId}`)).status).toBe(200);
  expect(codeOf(await (await on.as('reviewer')).send('GET', `/cases/${filed.id}`))).toBe(CLOSED);
  const { rows } = await on.database.owner.query(
    `select how, extract(epoch from ends_at - granted_at)::int as seconds from yilu.minor_grants where person_id = $1`,
    [filed.ids.personId],
  );
  expect(rows).toEqual([{ how: 'verified-call', seconds: 1800 }]);
  await on.advanceTo(new Date((await on.now()).getTime() + 31 * 60_000).toISOString());
  expect((await desk.send('GET', `/cases/${filed.id}`)).status).toBe(404);
});

test(`${NORM} the guardian and the provider she consented to need nobody's approval`, async () => {
  const { id, mother } = filed;
  await openMinorFor(on, ['reviewer', 'manager'], { personId: filed.ids.personId, caseId: id });
  await playToOffer(on, id, { visitAt: '2026-07-14T09:30:00+08:00', answerBy: '2026-07-08T18:00:00+08:00' });
  expect((await mother.case(id)).state).toBe('offered');
  expect((await (await on.as('provider')).case(id)).state).toBe('offered');
});

test(`${NORM} an appeal for a minor is shown without its words until the handler's access is approved`, async () => {
  const asked = await filed.mother.event(filed.id, 'withdraw');
  expect(asked.final).toBe(true);
  const { appeal } = await filed.mother.must<{ appeal: { id: string } }>(
    'POST',
    `/decisions/${filed.decisionId}/appeal`,
    {
      text: '请再看一次孩子的病理报告',
    },
  );
  const handler = await on.as('complaint-handler');
  type File = { text: string; acts: string[]; closed: Minor | null };
  const read = () => handler.must<File>('GET', `/complaint-desk/${appeal.id}`);
  expect(await read()).toMatchObject({
    text: '',
    acts: ['take'],
    closed: { personId: filed.ids.personId, asked: null },
  });
  await handler.must('POST', `/complaint-desk/${appeal.id}/acts`, { act: 'take' });
  const answer = { act: 'answer', outcome: 'upheld', text: '资料看过了，决定不变。' };
  expect(codeOf(await handler.send('POST', `/complaint-desk/${appeal.id}/acts`, answer))).toBe(CLOSED);
  await openMinorFor(on, ['complaint-handler'], { personId: filed.ids.personId, caseId: filed.id });
  expect(await read()).toMatchObject({ text: '请再看一次孩子的病理报告', closed: null });
  expect((await handler.send('POST', `/complaint-desk/${appeal.id}/acts`, answer)).status).toBe(200);
});

test(`${NORM} bad questions are named: no reason, no such person, another's case, an adult`, async () => {
  const reviewer = await on.as('reviewer');
  const { ids: adult } = await newMember(on, 'grown');
  const path = `/persons/${filed.ids.personId}/minor-access`;
  const blank = await reviewer.send('POST', path, { reason: '   ' });
  expect([
    blank.status,
    (blank.body as { pointer?: string; problems: { pointer: string }[] }).problems[0]!.pointer,
  ]).toEqual([400, '/reason']);
  const nowhere = '00000000-0000-4000-8000-000000000000';
  expect(codeOf(await reviewer.send('POST', `/persons/${nowhere}/minor-access`, { reason: '核对资料' }))).toBe(
    '404 not-found',
  );
  expect(codeOf(await reviewer.send('POST', path, { reason: '核对资料', caseId: nowhere }))).toBe('404 not-found');
  expect(
    codeOf(
      await reviewer.send('POST', `/persons/${adult.personId}/minor-access`, { reason: '核对资料', caseId: filed.id }),
    ),
  ).toBe('404 not-found');
  expect(codeOf(await reviewer.send('POST', `/persons/${adult.personId}/minor-access`, { reason: '核对资料' }))).toBe(
    '409 not-possible-now',
  );
});

// Moves the time by weeks: last in the file.
test(`${NORM} a grant ends after 30 days, and the rule ends by itself on the 18th birthday`, async () => {
  const born = new Date((await on.now()).getTime() + 40 * 86_400_000);
  const nearly = await childCase(`${born.getUTCFullYear() - 18}-${born.toISOString().slice(5, 10)}`);
  const reviewer = await on.as('reviewer');
  await openMinorFor(on, ['reviewer'], { personId: nearly.ids.personId, caseId: nearly.id });
  const from = await on.now();
  const after = (days: number) => on.advanceTo(new Date(from.getTime() + days * 86_400_000).toISOString());
  await after(29);
  expect((await (await on.as('reviewer')).send('GET', `/cases/${nearly.id}`)).status).toBe(200);
  await after(31);
  const closed = await reviewer.send('GET', `/cases/${nearly.id}`);
  expect([codeOf(closed), minorOf(closed).asked]).toEqual([CLOSED, null]);
  await after(41);
  expect((await reviewer.must<CaseView>('GET', `/cases/${nearly.id}`)).id).toBe(nearly.id);
});

async function actionsOn(personId: string): Promise<string[]> {
  const auditor = await on.as('auditor');
  const { items } = await auditor.must<{ items: { action: string }[] }>('GET', `/audit?person=${personId}&limit=100`);
  return items.map(({ action }) => action);
}
