import type { Queue } from 'pg-boss';

/** The text messages that the gateway has not taken yet; payloads are {insurer, delivery}, ids only. */
export const SMS_QUEUE = 'sms';
/** Messages given up after the last try; a worker marks them failed. */
export const SMS_GIVEN_UP = 'sms-given-up';

/** For `migrate({queues})`: a dead letter queue stands before the one that names it. About 9 hours of tries. */
export const MESSAGE_QUEUES: readonly (Queue & { name: string })[] = [
  { name: SMS_GIVEN_UP, retryLimit: 5, retryDelay: 30 },
  {
    name: SMS_QUEUE,
    retryLimit: 12,
    retryDelay: 15,
    retryBackoff: true,
    retryDelayMax: 3600,
    heartbeatSeconds: 30,
    expireInSeconds: 300,
    deadLetter: SMS_GIVEN_UP,
  },
];
