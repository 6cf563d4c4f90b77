/** A server that is this test file's alone until it is stopped. */
export type TestServer = { readonly url: string; stop(): Promise<void> };

/** A server that this process started. `reset` leaves it as it was then. */
export type OwnServer = TestServer & { reset(): Promise<void> };

/**
 * Borrows a server of the run (`global-setup.mjs`); started by `start` where no run lends any, as in a script of its own.
 * Undefined where this machine has no such server.
 */
export async function borrowServer(
  kind: string,
  start: () => Promise<TestServer | undefined>,
): Promise<TestServer | undefined> {
  const pool = process.env.TEST_SERVERS_URL;
  if (pool === undefined) return start();
  const response = await fetch(`${pool}/${kind}`);
  if (!response.ok) throw new Error(`There is no ${kind} server to borrow: ${await response.text()}`);
  const url = (await response.json()) as string | null;
  if (url === null) return undefined;
  return {
    url,
    stop: async () => void (await fetch(`${pool}/${kind}?url=${encodeURIComponent(url)}`, { method: 'DELETE' })),
  };
}
