import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { MemoriError } from '../core/base/errors.ts';
import { answerStarting, isForSlack } from './starting.ts';

/** The one HTTP server of the process. */
export type HttpServer = {
  /** Mount routers here before or after `listen`. */
  readonly app: Express;
  /** `http://127.0.0.1:3000`, once it listens. */
  readonly url: string;
  /**
   * Opens the mounted routes. Until then only Slack's calls pass; everything else is told that the product is starting.
   */
  ready(): void;
  close(): Promise<void>;
};

/** Where to listen. */
export type ListenOptions = {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** How many ports after it to try when the port is taken. 0: a taken port is an error. */
  readonly otherPorts: number;
};

/** Serves health, metrics, and the playground or Slack's events. Errors: `config_invalid` when no port is free. */
export async function openHttpServer(options: ListenOptions): Promise<HttpServer> {
  const app = express();
  app.disable('x-powered-by');
  let isReady = false;
  const server = createServer((request, response) =>
    isReady || isForSlack(request) ? app(request, response) : answerStarting(request, response),
  );
  await listen(server, options);
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':')
    ? `[${options.host}]`
    : options.host === '127.0.0.1'
      ? 'localhost'
      : options.host;
  return {
    app,
    url: `http://${host}:${port}`,
    ready: () => {
      isReady = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, { host, port, otherPorts }: ListenOptions): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const error = await tryListen(server, host, port === 0 ? 0 : port + attempt);
    if (!error) return;
    const worthAnother = error.code === 'EADDRINUSE' && attempt < otherPorts;
    if (!worthAnother) throw portError(error, host, port);
  }
}

const tryListen = (server: Server, host: string, port: number): Promise<NodeJS.ErrnoException | undefined> =>
  new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      server.off('listening', onListening);
      resolve(error);
    };
    const onListening = (): void => {
      server.off('error', onError);
      resolve(undefined);
    };
    server.once('error', onError).once('listening', onListening).listen(port, host);
  });

const portError = (error: NodeJS.ErrnoException, host: string, port: number): MemoriError =>
  new MemoriError(
    'config_invalid',
    `Port ${port} on ${host} cannot be listened on: ${error.code === 'EADDRINUSE' ? 'another program has it' : error.message}.`,
    {
      next:
        error.code === 'EADDRNOTAVAIL'
          ? 'Set HOST to an address of this machine.'
          : 'Stop the other program, or set PORT to a free one.',
      details: { port },
      cause: error,
    },
  );
