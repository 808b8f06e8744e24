/** What the tests use of the relay in npm, which brings no types. */
declare module 'node-turn' {
  export default class Turn {
    constructor(options: {
      listeningPort: number;
      listeningIps: string[];
      relayIps: string[];
      minPort: number;
      maxPort: number;
      authMech: 'long-term';
      realm: string;
    });
    addUser(username: string, password: string): void;
    start(): void;
  }
}
