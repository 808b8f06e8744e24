import { createHmac, randomUUID } from 'node:crypto';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLOSE, SOCKET_BYTES, SOCKET_MESSAGES } from '#contract/video.ts';
import type { App } from '#server/app.ts';
import { iceServers } from '#server/gateways/turn.ts';
import type { Player } from '#server/sandbox/player.ts';
import { accepts, asks, type Member, onDuty, opened } from '#tests/stories/video.ts';
import { openApp, type TestApp } from '#tests/with-app.ts';
import { sendSignal, sweepRooms } from './signals.ts';

let on: TestApp;
let [here, there] = ['', ''];
let member: Member;
let doctor: Player;
let room = '';
let caseId = '';

const listen = async (app: App): Promise<string> => {
  await app.listen({ port: 0, host: '127.0.0.1' });
  return `127.0.0.1:${(app.server.address() as AddressInfo).port}`;
};
beforeAll(async () => {
  on = await openApp({ at: '2026-03-10T15:20:00+08:00', hub: true });
  // Two API processes' worth: the doctor sits on one, the member on the other.
  [here, there] = [await listen(on.app), await listen(await on.another())];
  member = await opened(on, 'caller');
  doctor = await onDuty(on);
  await asks(member);
  ({ roomId: room, caseId } = await accepts(doctor));
});
afterAll(() => on.close());

/** Opens a socket and keeps what it hears. */
async function sit(player: Player, at = here, id = room, headers: Record<string, string> = {}) {
  const heard: { type: string; [more: string]: unknown }[] = [];
  const socket = new WebSocket(`ws://${at}/api/video/rooms/${id}/socket`, {
    // On this host a cookie has no prefix; it is the same session.
    headers: { cookie: player.cookie.replaceAll('__Host-', ''), ...headers },
  } as never);
  const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
  socket.addEventListener('message', ({ data }) => heard.push(JSON.parse(String(data))));
  await Promise.race([new Promise((resolve) => socket.addEventListener('open', resolve)), closed]);
  const until = async (type: string, times = 1) => {
    for (let tries = 0; tries < 200 && heard.filter((one) => one.type === type).length < times; tries++)
      await new Promise((resolve) => setTimeout(resolve, 15));
    expect(heard.map((one) => one.type)).toContain(type);
    return heard.filter((one) => one.type === type).at(-1)!;
  };
  const say = (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  const ended = () => closed;
  return { socket, heard, until, say, ended, close: () => socket.close() };
}
const OFFER = { type: 'description', description: { type: 'offer', sdp: 'v=0' } };

test('what one seat says the other hears, in order, across two API processes', async () => {
  const hers = await sit(doctor);
  expect(await hers.until('welcome')).toEqual({ type: 'welcome', seat: 'doctor', peer: false });
  const theirs = await sit(member.player, there);
  expect(await theirs.until('welcome')).toEqual({ type: 'welcome', seat: 'member', peer: true });
  expect(await hers.until('peer')).toEqual({ type: 'peer', present: true });
  hers.say(OFFER);
  for (let i = 0; i < 30; i++) hers.say({ type: 'candidate', candidate: { candidate: `c${i}`, sdpMid: '0' } });
  hers.say({ type: 'candidate', candidate: null });
  await theirs.until('candidate', 31);
  expect(theirs.heard.slice(1)).toEqual([
    OFFER,
    ...Array.from({ length: 30 }, (_, i) => ({ type: 'candidate', candidate: { candidate: `c${i}`, sdpMid: '0' } })),
    { type: 'candidate', candidate: null },
  ]);
  theirs.say({ type: 'restart' });
  theirs.say({ type: 'ping' });
  await hers.until('restart');
  await theirs.until('pong');
  // What was said is sealed, and gone with the room.
  const { rows } = await on.database.owner.query('select sealed from yilu.video_signals');
  expect(rows.some(({ sealed }) => (sealed as Buffer).includes('v=0'))).toBe(false);
  theirs.close();
  expect(await hers.until('peer', 2)).toEqual({ type: 'peer', present: false });
  hers.close();
});

test('a second tab takes the seat: the first is told, and the doctor offers anew', async () => {
  const hers = await sit(doctor);
  const first = await sit(member.player, there);
  await first.until('welcome');
  const second = await sit(member.player);
  await second.until('welcome');
  expect(await first.ended()).toBe(CLOSE.taken);
  expect(first.heard.at(-1)).toEqual({ type: 'taken' });
  // The first one's leaving is no leaving of the seat.
  await hers.until('peer', 2);
  expect(hers.heard.filter(({ type }) => type === 'peer')).toEqual([
    { type: 'peer', present: true },
    { type: 'peer', present: true },
  ]);
  second.close();
  hers.close();
});

test('a guessed room, somebody else’s, another site’s page and a closed session never come to the upgrade', async () => {
  const upgrade = async (player: Player | null, id: string, headers: Record<string, string> = {}) =>
    (
      await on.app.inject({
        method: 'GET',
        url: `/api/video/rooms/${id}/socket`,
        headers: { host: 'junlong.localhost', ...(player ? { cookie: player.cookie } : {}), ...headers },
      })
    ).statusCode;
  expect(await upgrade(member.player, randomUUID())).toBe(404);
  expect(await upgrade(await on.as('video-doctor2'), room)).toBe(404);
  expect(await upgrade((await opened(on, 'stranger')).player, room)).toBe(404);
  expect(await upgrade(member.player, 'nonsense')).toBe(400);
  expect(await upgrade(null, room)).toBe(401);
  expect(await upgrade(await on.as('supervisor'), room)).toBe(403);
  // A refusal of a real upgrade ends its connection: the server does.
  const [host, port] = here.split(':');
  const raw = connect(Number(port), host);
  const ended = new Promise((resolve) => raw.once('end', resolve));
  let answer = '';
  raw.on('data', (data) => {
    answer += data;
  });
  raw.write(
    `GET /api/video/rooms/${room}/socket HTTP/1.1\r\nHost: ${here}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  );
  await ended;
  expect(answer).toMatch(/^HTTP\/1\.1 401 /);
  expect(await upgrade(member.player, room, { origin: 'https://elsewhere.example' })).toBe(403);
});

test('oversize, malformed and ten thousand messages close the socket with a reason, and nothing falls over', async () => {
  const sized = await sit(member.player);
  await sized.until('welcome');
  sized.say({ type: 'description', description: { type: 'offer', sdp: 'x'.repeat(60_001) } });
  expect(await sized.ended()).toBe(CLOSE.tooLarge);
  expect(sized.heard.at(-1)).toEqual({ type: 'refused', reason: 'too-large' });
  const huge = await sit(member.player);
  await huge.until('welcome');
  huge.say('x'.repeat(SOCKET_BYTES + 1));
  expect(await huge.ended()).toBe(1009);
  for (const bad of ['{', '{"type":"welcome","seat":"doctor","peer":true}', '{"type":"ping","more":1}', '[]']) {
    const malformed = await sit(member.player);
    await malformed.until('welcome');
    malformed.say(bad);
    expect(await malformed.ended()).toBe(CLOSE.malformed);
  }
  const many = await sit(member.player);
  await many.until('welcome');
  for (let i = 0; i < 10_000; i++) many.say({ type: 'restart' });
  expect(await many.ended()).toBe(CLOSE.tooMany);
  expect(many.heard.at(-1)).toEqual({ type: 'refused', reason: 'too-many' });
  const kept = await on.database.owner.query('select 1 from yilu.video_signals where room = $1', [room]);
  expect(kept.rowCount).toBeLessThan(SOCKET_MESSAGES + 100);
  // The room goes on.
  const after = await sit(member.player);
  await after.until('welcome');
  after.close();
});

test('ICE servers come with short-lived credentials as coturn checks them, for the two seats only', async () => {
  const turn = {
    urls: ['stun:turn.example:3478', 'turn:turn.example:3478?transport=udp'],
    secret: 'a-secret-of-coturn',
  };
  Object.assign(on.config, { turn });
  const { iceServers: servers, expiresAt } = await member.player.must<{
    iceServers: { urls: string[]; username?: string; credential?: string }[];
    expiresAt: string;
  }>('GET', `/video/rooms/${room}/ice`);
  expect(servers[0]).toEqual({ urls: [turn.urls[0]] });
  const { username, credential } = servers[1]!;
  expect(credential).toBe(createHmac('sha1', turn.secret).update(username!).digest('base64'));
  expect(Math.abs(Number(username!.split(':')[0]) * 1000 - Date.parse(expiresAt))).toBeLessThan(1000);
  // Machine time, whatever the sandbox's clock says.
  expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());
  expect(iceServers(undefined, 'x', new Date())).toEqual({ iceServers: [], expiresAt: null });
  expect((await (await on.as('video-doctor2')).send('GET', `/video/rooms/${room}/ice`)).status).toBe(404);
});

test('when the call ends both seats are told, the room is over for ever and what was said is gone', async () => {
  const [hers, theirs] = [await sit(doctor), await sit(member.player, there)];
  await Promise.all([hers.until('welcome'), theirs.until('welcome')]);
  hers.say(OFFER);
  await theirs.until('description');
  await member.player.event(caseId, 'endCall');
  expect([await hers.ended(), await theirs.ended()]).toEqual([CLOSE.ended, CLOSE.ended]);
  expect(theirs.heard.at(-1)).toEqual({ type: 'ended' });
  expect((await member.player.send('GET', `/video/rooms/${room}/ice`)).status).toBe(404);
  // A message that was under way when the room closed is swept.
  await sendSignal(on.ctx.pool, on.ctx, room, 'doctor', { type: 'restart' });
  await on.database.owner.query(`update yilu.video_signals set at = at - interval '2 hours'`);
  await sweepRooms(on.ctx);
  expect((await on.database.owner.query('select 1 from yilu.video_signals')).rowCount).toBe(0);
});
