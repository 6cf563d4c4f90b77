import { createServer } from 'node:http';

/**
 * Serves database servers to the workers of Jest: each is started when a test first asks for one and lent again when it
 * is given back, so a run has one PostgreSQL, one MariaDB and one MongoDB, and a run that needs none starts none.
 */
export default async function serveDatabaseServers() {
  let loading;
  const load = async () => {
    const { tsImport } = await import('tsx/esm/api');
    const { createServerPool } = await tsImport('./server-pool.ts', import.meta.url);
    return createServerPool();
  };
  const broker = createServer(async (request, response) => {
    try {
      loading ??= load();
      const pool = await loading;
      const { pathname, searchParams } = new URL(request.url, 'http://pool');
      if (request.method === 'DELETE') pool.giveBack(searchParams.get('url'));
      else response.write(JSON.stringify(await pool.lend(pathname.slice(1))));
    } catch (error) {
      response.statusCode = 500;
      response.write(String(error));
    }
    response.end();
  });
  await new Promise((resolve) => broker.listen(0, '127.0.0.1', resolve));
  broker.unref();
  process.env.TEST_SERVERS_URL = `http://127.0.0.1:${broker.address().port}`;
  globalThis.stopDatabaseServers = async () => {
    broker.close();
    await (await loading)?.stop();
  };
}
