/** Video consultation: what its screens read and send, and the messages of the call's socket. */
import { z } from 'zod';
import { DayText, Id, Moment } from './common.ts';

/** A note as far as the doctor has written it; checked when it is released. */
export const NoteDraft = z.strictObject({
  complaint: z.string().max(1000).default(''),
  advice: z.string().max(2000).default(''),
  seekCare: z.string().max(1000).default(''),
  redFlags: z.string().max(1000).default(''),
});
export type NoteDraft = z.infer<typeof NoteDraft>;

/** What the case's page shows beside the case itself; null in cases of other services. */
export const VideoView = z.strictObject({
  act: z.enum(['open', 'use']),
  /** 1: next. Null when nobody is waited for. */
  place: z.int().min(1).nullable(),
  /** Since when she waits, and how long she is promised to at most. */
  since: Moment.nullable(),
  dueAt: Moment.nullable(),
  /** A doctor is being asked right now. */
  offered: z.boolean(),
  breached: z.boolean(),
  callBack: z.enum(['no', 'offered', 'wanted']),
  /** Another time, offered or agreed [2.1.8.3]. */
  appointment: z.strictObject({ at: Moment, agreed: z.boolean(), why: z.string() }).nullable(),
  /** The room of the call; only while it may be joined. */
  roomId: Id.nullable(),
  /** Spoken over the telephone instead; the number that is called, while she waits for it or it is on. */
  byTelephone: z.boolean(),
  telephone: z.string().nullable(),
  doctor: z
    .strictObject({ name: z.string(), hospital: z.string(), department: z.string(), rank: z.string() })
    .nullable(),
  note: z
    .strictObject({
      complaint: z.string(),
      advice: z.string(),
      seekCare: z.string(),
      redFlags: z.string(),
      at: Moment,
    })
    .nullable(),
  /** Of the doctor of the call alone, while she may still write: what she has so far. */
  draft: NoteDraft.nullable(),
  followUp: z.strictObject({ until: Moment, asked: z.string().nullable(), answered: z.string().nullable() }).nullable(),
  stars: z.int().min(1).max(5).nullable(),
  /** Of act open: when it was acknowledged, the last day it is valid, and the day from which it can be applied for again. */
  openedAt: Moment.nullable(),
  validUntil: DayText.nullable(),
  opensAgainOn: DayText.nullable(),
  /** The provider's system has not acknowledged within the usual time; told to the member. */
  delayed: z.boolean(),
  hotline: z.string(),
});
export type VideoView = z.infer<typeof VideoView>;

/** Where a person stands with the service: one large button by `act`. */
export const VideoStanding = z.strictObject({
  state: z.enum(['never', 'opening', 'open', 'lapsed', 'unavailable']),
  /** What can be asked for now; null: neither, see `reasons`. */
  act: z.enum(['open', 'use']).nullable(),
  reasons: z.array(z.strictObject({ rule: z.string(), message: z.string() })),
  openedAt: Moment.nullable(),
  validUntil: DayText.nullable(),
  opensAgainOn: DayText.nullable(),
  /** The case of the opening, and of a consultation that is not over yet. */
  openingCase: Id.nullable(),
  runningCase: Id.nullable(),
  hotline: z.string(),
});
export type VideoStanding = z.infer<typeof VideoStanding>;
export const StandingQuery = z.strictObject({ service: z.string().max(64), policyId: Id, personId: Id });

/** Words that lead to 120 at once, while they are typed; the doctor's desk marks them too. */
export const EmergencyWords = z.strictObject({ words: z.array(z.string()), advice: z.string(), telephone: z.string() });
export type EmergencyWords = z.infer<typeof EmergencyWords>;
export const EmergencyQuery = z.strictObject({ service: z.string().max(64), policyId: Id });

/** A list of ICE servers for `RTCPeerConnection`, short-lived; empty where none is configured. */
export const IceView = z.strictObject({
  iceServers: z.array(
    z.strictObject({ urls: z.array(z.string()), username: z.string().optional(), credential: z.string().optional() }),
  ),
  /** When the credentials end, machine time. */
  expiresAt: Moment.nullable(),
});
export type IceView = z.infer<typeof IceView>;

/** The doctor's desk. */
export const DoctorDesk = z.strictObject({
  now: Moment,
  onDuty: z.boolean(),
  dutySince: Moment.nullable(),
  /** Of the list, as of this minute; without it she is offered nobody. */
  credential: z.strictObject({ valid: z.boolean(), reason: z.string().nullable(), until: DayText.nullable() }),
  doctor: z
    .strictObject({ name: z.string(), hospital: z.string(), department: z.string(), rank: z.string() })
    .nullable(),
  /** Seconds between two heartbeats. */
  heartbeat: z.int(),
  offer: z
    .strictObject({
      id: Id,
      /** What she may know before she accepts: no name. */
      complaint: z.string(),
      medium: z.enum(['words', 'picture', 'telephone']),
      emergency: z.boolean(),
      again: z.boolean(),
      waitedSince: Moment,
      until: Moment,
    })
    .nullable(),
  /** The call that is hers now; `roomId` for the socket. */
  call: z.strictObject({ caseId: Id, number: z.string(), roomId: Id, since: Moment }).nullable(),
  toWrite: z.array(z.strictObject({ caseId: Id, number: z.string(), due: Moment.nullable() })),
  toAnswer: z.array(z.strictObject({ caseId: Id, number: z.string(), due: Moment.nullable() })),
  waiting: z.int(),
});
export type DoctorDesk = z.infer<typeof DoctorDesk>;
export const DutyInput = z.strictObject({ on: z.boolean() });
export const AcceptedOffer = z.strictObject({ caseId: Id, roomId: Id });

/** Earlier consultations of the person that she lets this doctor read. */
export const VideoHistory = z.strictObject({
  allowed: z.boolean(),
  items: z.array(
    z.strictObject({
      at: Moment,
      doctor: z.string(),
      hospital: z.string(),
      complaint: z.string(),
      advice: z.string(),
      seekCare: z.string(),
      redFlags: z.string(),
    }),
  ),
});
export type VideoHistory = z.infer<typeof VideoHistory>;

/** The supervisors' board. */
export const DoctorState = z.enum(['off', 'away', 'free', 'offered', 'in-call', 'noting', 'not-valid']);
export const VideoBoard = z.strictObject({
  now: Moment,
  waiting: z.array(
    z.strictObject({
      caseId: Id,
      number: z.string(),
      place: z.int(),
      since: Moment,
      due: Moment.nullable(),
      breached: z.boolean(),
      offeredTo: z.string().nullable(),
      callBack: z.boolean(),
      /** Back in the queue: her doctor dropped, or an agreed time has come. */
      again: z.boolean(),
    }),
  ),
  doctors: z.array(
    z.strictObject({
      key: z.string(),
      name: z.string(),
      hospital: z.string(),
      department: z.string(),
      state: DoctorState,
      since: Moment.nullable(),
      credentialUntil: DayText.nullable(),
      /** Calls taken since she came on duty, and offers not answered in a row. */
      load: z.int(),
      missed: z.int(),
      standby: z.boolean(),
      /** On the roster at this minute. */
      rostered: z.boolean(),
    }),
  ),
  /** Agreed times to come, the nearest first [2.1.8.3]: a doctor has to be there. */
  appointments: z.array(z.strictObject({ caseId: Id, number: z.string(), at: Moment })),
  /** Of today (Shanghai), in business time. */
  today: z.strictObject({
    asked: z.int(),
    matched: z.int(),
    breached: z.int(),
    p50Seconds: z.number().nullable(),
    p95Seconds: z.number().nullable(),
  }),
});
export type VideoBoard = z.infer<typeof VideoBoard>;

/** The roster: who is to be on duty when; `standby`: who is called when nobody is free. */
export const RosterQuery = z.strictObject({ from: DayText, to: DayText });
export const RosterEntry = z.strictObject({
  id: Id,
  doctor: z.string(),
  name: z.string(),
  from: Moment,
  to: Moment,
  standby: z.boolean(),
});
export const Roster = z.strictObject({
  items: z.array(RosterEntry),
  doctors: z.array(
    z.strictObject({ key: z.string(), name: z.string(), hospital: z.string(), until: DayText.nullable() }),
  ),
});
export type Roster = z.infer<typeof Roster>;
export const RosterInput = z.strictObject({
  doctor: z.string().max(200),
  from: Moment,
  to: Moment,
  standby: z.boolean(),
});
export const CallStandby = z.strictObject({ called: z.int() });

/** The largest message of the socket in bytes, and how many messages one seat may send in ten seconds. */
export const SOCKET_BYTES = 65_536;
export const SOCKET_MESSAGES = 300;

const Description = z.strictObject({
  type: z.literal('description'),
  description: z.strictObject({ type: z.enum(['offer', 'answer']), sdp: z.string().max(60_000) }),
});
const Candidate = z.strictObject({
  type: z.literal('candidate'),
  candidate: z
    .strictObject({
      candidate: z.string().max(2000),
      sdpMid: z.string().max(64).nullish(),
      sdpMLineIndex: z.int().min(0).max(64).nullish(),
      usernameFragment: z.string().max(256).nullish(),
    })
    .nullable(),
});
/** The member asks the doctor, who alone offers, for an offer with ICE restart. */
const Restart = z.strictObject({ type: z.literal('restart') });
const Media = z.strictObject({ type: z.literal('media'), microphone: z.boolean(), camera: z.boolean() });
/** Passed from one seat to the other as it is. */
export const Relayed = z.discriminatedUnion('type', [Description, Candidate, Restart, Media]);
export type Relayed = z.infer<typeof Relayed>;
export const FromSeat = z.discriminatedUnion('type', [
  Description,
  Candidate,
  Restart,
  Media,
  z.strictObject({ type: z.literal('ping') }),
]);
export type FromSeat = z.infer<typeof FromSeat>;
/** What the server says by itself. */
export type ToSeat =
  | Relayed
  | { type: 'welcome'; seat: 'doctor' | 'member'; peer: boolean }
  | { type: 'peer'; present: boolean }
  | { type: 'pong' }
  | { type: 'taken' }
  | { type: 'ended' }
  | { type: 'refused'; reason: 'too-large' | 'too-many' | 'malformed' };
/** Why the server closes a socket. */
export const CLOSE = {
  taken: 4001,
  ended: 4002,
  signedOut: 4003,
  malformed: 4007,
  tooLarge: 4008,
  tooMany: 4009,
} as const;
