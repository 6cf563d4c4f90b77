import { MongoClient } from 'mongodb';
import { startMongoTestServer } from '../../scripts/mongo-test-server/start.ts';
import { borrowServer, type OwnServer, type TestServer } from './servers/lent-server.ts';

/** A server that speaks MongoDB's protocol; `url` names an empty database. Undefined where there is no Java or Maven. */
export const startMongoServer = (): Promise<TestServer | undefined> => borrowServer('mongo', startOwnMongo);

/** mongo-java-server in a process of its own. */
export async function startOwnMongo(): Promise<OwnServer | undefined> {
  const server = await startMongoTestServer();
  return server && { url: server.uri, reset: () => empty(server.uri), stop: server.stop };
}

async function empty(url: string): Promise<void> {
  const client = new MongoClient(url);
  await client.db().dropDatabase();
  await client.close();
}
