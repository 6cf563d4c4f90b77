import { Router } from 'express';
import type { StatusReport } from '../core/conversation/status.ts';

/** What `/metrics` serves: Prometheus text. */
export type MetricsText = { text(): Promise<string>; readonly contentType: string };

/**
 * `GET /health`: 200 when every part answers, otherwise 503 with the failing parts named. It says nothing secret and
 * nothing about people.
 * `GET /metrics`: Prometheus text.
 */
export function operationsRoutes(status: StatusReport, metrics: MetricsText, version: string): Router {
  const router = Router();
  router.get('/health', async (_request, response) => {
    const parts = await status();
    const ok = parts.every((part) => part.ok);
    response
      .status(ok ? 200 : 503)
      .json({ status: ok ? 'ok' : 'degraded', version, uptime_seconds: Math.round(process.uptime()), parts });
  });
  router.get('/metrics', async (_request, response) => {
    response.type(metrics.contentType).send(await metrics.text());
  });
  return router;
}
