import { afterEach, describe, expect, test, vi } from 'vitest';
import { faultOf, openDevices, surroundingsOf } from './devices.ts';
import { fingerprintOf } from './peer.ts';
import { judge, type Reading, readStats } from './quality.ts';
import { levelOf } from './sound.ts';

const reading = (part: Partial<Reading>): Reading => ({
  at: 0,
  received: 0,
  lost: 0,
  framesDecoded: 0,
  bytes: 0,
  roundTrip: undefined,
  ...part,
});

describe('the line in words', () => {
  test.each([
    ['nothing lost, quick', { received: 200, roundTrip: 0.05 }, 'good'],
    ['three in a hundred lost', { received: 194, lost: 6 }, 'fair'],
    ['a round trip of 400 ms', { received: 200, roundTrip: 0.4 }, 'fair'],
    ['a tenth lost', { received: 180, lost: 20 }, 'poor'],
    ['nothing came at all', { received: 0 }, 'poor'],
  ])('%s', (_, part, word) => {
    expect(judge(reading({ at: 0 }), reading({ at: 2500, ...part }))).toBe(word);
  });
  test('nothing is said of one reading, nor across a connection that began anew', () => {
    expect(judge(undefined, reading({ at: 1 }))).toBeNull();
    expect(judge(reading({ at: 0, received: 900 }), reading({ at: 2500, received: 20 }))).toBeNull();
  });
  test('sound and picture count together, and the way that is used gives the round trip', () => {
    const stats = [
      { type: 'inbound-rtp', kind: 'audio', packetsReceived: 50, packetsLost: 1, bytesReceived: 100 },
      {
        type: 'inbound-rtp',
        kind: 'video',
        packetsReceived: 100,
        packetsLost: -1,
        bytesReceived: 900,
        framesDecoded: 7,
      },
      { type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 },
      { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.2 },
    ];
    expect(readStats(stats, 3)).toEqual({
      at: 3,
      received: 150,
      lost: 0,
      framesDecoded: 7,
      bytes: 1000,
      roundTrip: 0.2,
    });
  });
});

describe('one’s own devices', () => {
  test.each([
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) MicroMessenger/8.0.50', 'wechat-ios'],
    ['Mozilla/5.0 (Linux; Android 14; V2307A) XWEB/1260 MicroMessenger/8.0.50', 'wechat-android'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1', 'ios'],
    ['Mozilla/5.0 (Linux; Android 14; V2307A) Chrome/130 Mobile', 'android'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130', 'desktop'],
  ])('%s', (userAgent, word) => {
    expect(surroundingsOf(userAgent)).toBe(word);
  });
  test.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'unsupported'],
  ])('%s of the browser', (name, word) => {
    expect(faultOf(new DOMException('', name))).toBe(word);
  });
  describe('opening them', () => {
    afterEach(() => vi.unstubAllGlobals());
    class Stream {
      readonly tracks: string[];
      constructor(tracks: string[] = []) {
        this.tracks = tracks;
      }
      getTracks = () => this.tracks;
    }
    /** A device whose browser answers as `refuse` says, by what is asked for: sound, picture, or both. */
    const device = (refuse: Partial<Record<'audio' | 'video', string>>, secure = true, able = true) => {
      vi.stubGlobal('MediaStream', Stream);
      vi.stubGlobal('window', { isSecureContext: secure });
      const getUserMedia = async (asked: Record<string, unknown>) => {
        const kinds = (['audio', 'video'] as const).filter((kind) => asked[kind]);
        const no = kinds.map((kind) => refuse[kind]).find(Boolean);
        if (no) throw new DOMException('', no);
        return new Stream(kinds);
      };
      vi.stubGlobal('navigator', able ? { mediaDevices: { getUserMedia } } : {});
    };
    test.each([
      ['both work', {}, ['audio', 'video'], null, null],
      ['no camera at all: she speaks without', { video: 'NotFoundError' }, ['audio'], 'missing', null],
      ['a camera that another program holds', { video: 'NotReadableError' }, ['audio'], 'busy', null],
      ['both denied', { audio: 'NotAllowedError', video: 'NotAllowedError' }, [], 'denied', 'denied'],
    ])('%s', async (_, refuse, tracks, camera, microphone) => {
      device(refuse);
      const opened = await openDevices({ camera: true });
      expect({ ...opened, stream: opened.stream.getTracks() }).toEqual({ stream: tracks, camera, microphone });
    });
    test('voice only asks for no camera', async () => {
      device({ video: 'NotAllowedError' });
      const { stream, camera } = await openDevices({ camera: false });
      expect([stream.getTracks(), camera]).toEqual([['audio'], null]);
    });
    test('a page that is not safe, and a browser that cannot, say so', async () => {
      device({}, false);
      expect((await openDevices({ camera: true })).camera).toBe('insecure');
      device({}, true, false);
      expect((await openDevices({ camera: true })).microphone).toBe('unsupported');
    });
  });
  test('silence is 0, a voice is in between, and the loudest is 1', () => {
    expect(levelOf([])).toBe(0);
    expect(levelOf([0, 0, 0])).toBe(0);
    expect(levelOf([0.1, -0.1])).toBeCloseTo(0.4);
    expect(levelOf([1, -1])).toBe(1);
  });
});

test('a connection is known by its fingerprint', () => {
  expect(fingerprintOf('v=0\r\na=fingerprint:sha-256 AB:CD\r\na=setup:actpass\r\n')).toBe('sha-256 AB:CD');
  expect(fingerprintOf('v=0\r\n')).toBeUndefined();
  expect(fingerprintOf(undefined)).toBeUndefined();
});
