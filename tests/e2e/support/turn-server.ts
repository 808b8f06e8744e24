/** A relay in a process of its own, so that a test can pull its plug: `node turn-server.ts PORT`, names come by message. */
import Turn from 'node-turn';

const server = new Turn({
  listeningPort: Number(process.argv[2]),
  listeningIps: ['127.0.0.1'],
  relayIps: ['127.0.0.1'],
  minPort: 49_500,
  maxPort: 49_900,
  authMech: 'long-term',
  realm: 'yilu',
});
process.on('message', ({ username, credential }: { username: string; credential: string }) => {
  server.addUser(username, credential);
  process.send?.(username);
});
process.on('disconnect', () => process.exit());
server.start();
process.send?.('ready');
