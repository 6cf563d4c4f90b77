import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type MetricName, type Metrics, metricNames } from '../../core/base/metrics.ts';

const labelNames: Partial<Record<MetricName, readonly string[]>> = {
  memori_questions_total: ['status', 'source'],
  memori_answer_seconds: ['source'],
  memori_query_seconds: ['data_source', 'result'],
  memori_plan_seconds: ['data_source', 'result'],
  memori_model_seconds: ['model', 'result'],
  memori_model_tokens_total: ['model', 'kind'],
  memori_model_cost_usd_total: ['model'],
  memori_memories_total: ['action', 'kind'],
  memori_alerts_total: ['code'],
  memori_jobs_total: ['job', 'result'],
  memori_job_changes_total: ['job', 'change'],
};

/** Seconds, from a verified answer in milliseconds to a query at its time limit. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** The `Metrics` port on prom-client, with Node's own process metrics. `text()` is the body of a scrape. */
export function createPrometheusMetrics(): Metrics & { text(): Promise<string>; readonly contentType: string } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const made = Object.entries(metricNames).map(([name, help]) => {
    const options = { name, help, labelNames: [...(labelNames[name as MetricName] ?? [])], registers: [registry] };
    if (name.endsWith('_total')) return [name, new Counter(options)] as const;
    if (name.endsWith('_seconds')) return [name, new Histogram({ ...options, buckets })] as const;
    return [name, new Gauge(options)] as const;
  });
  const metrics = new Map<string, Counter | Histogram | Gauge>(made);

  return {
    count(name, labels = {}, by = 1) {
      const metric = metrics.get(name);
      if (metric instanceof Counter) metric.inc(labels, by);
    },
    observe(name, seconds, labels = {}) {
      const metric = metrics.get(name);
      if (metric instanceof Histogram) metric.observe(labels, seconds);
    },
    gauge(name, value, labels = {}) {
      const metric = metrics.get(name);
      if (metric instanceof Gauge) metric.set(labels, value);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
