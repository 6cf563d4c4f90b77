import { Router } from 'express';
import type { StatusReport } from '../core/conversation/status.ts';

/** What `/metrics` serves: Prometheus text. */
export type MetricsText = { text(): Promise<string>; readonly contentType: string };

/** The routes for operators, and their state. */
export type Operations = {
  readonly router: Router;
  /** From now on `/health` says that this instance is stopping. */
  stopping(): void;
};

/**
 * `GET /health`: 200 `ready` when every part answers and questions are accepted, otherwise 503 `degraded` or
 * `stopping`, with the parts named. It says nothing secret and nothing about people.
 * `GET /live`: 200 as long as the process runs. `GET /metrics`: Prometheus text. Before these are mounted, the server
 * itself answers `starting`.
 */
export function createOperations(report: StatusReport, metrics: MetricsText, version: string): Operations {
  let isStopping = false;
  const router = Router();
  router.get('/health', async (_request, response) => {
    const parts = isStopping ? [] : await report();
    const status = isStopping ? 'stopping' : parts.every((part) => part.ok) ? 'ready' : 'degraded';
    const uptime_seconds = Math.round(process.uptime());
    response.status(status === 'ready' ? 200 : 503).json({ status, version, uptime_seconds, parts });
  });
  router.get('/live', (_request, response) => void response.json({ status: 'live' }));
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text());
  });
  return {
    router,
    stopping() {
      isStopping = true;
    },
  };
}
