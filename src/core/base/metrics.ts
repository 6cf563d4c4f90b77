/** Label values are a small closed set (a code, a source name), never an id or free text. */
export type Labels = Readonly<Record<string, string>>;

/** Every metric of the product, with what it counts; `docs/operations.md` is checked against this list by a test. */
export const metricNames = {
  memori_questions_total:
    'Questions by status (answered, said, clarify, unanswered, refused, error) and source (verified, measured, model, sql, none).',
  memori_answer_seconds:
    'Seconds from the claim to the finished answer, by source; the last update in Slack is not part of it.',
  memori_query_seconds: 'Seconds a database query took, by data source and result (ok or an error code).',
  memori_plan_seconds: 'Seconds a database took to plan a query before it ran, by data source and result.',
  memori_model_seconds: 'Seconds a model call took, by model and result (ok or an error code).',
  memori_model_tokens_total: 'Tokens used, by model and kind (input, output, cache_read, cache_write).',
  memori_model_cost_usd_total: 'Money spent on models in US dollars, by model.',
  memori_turns_running: 'Turns being worked on now.',
  memori_turns_waiting: 'Turns waiting for a place.',
  memori_memories_total: 'Memories written or forgotten, by action (added, confirmed, forgotten, superseded) and kind.',
  memori_alerts_total: 'Alerts raised, by code.',
  memori_jobs_total: 'Runs of a job, by job and result (ok or error).',
  memori_job_changes_total:
    'What jobs did to memories, by job and change (removed, changed, added; dropped: read and not kept).',
} as const;

/** One entry of `metricNames`. */
export type MetricName = keyof typeof metricNames;

/** Records measurements. Implementations never throw: a failing metric must not fail an answer. */
export interface Metrics {
  count(name: MetricName, labels?: Labels, by?: number): void;
  observe(name: MetricName, seconds: number, labels?: Labels): void;
  gauge(name: MetricName, value: number, labels?: Labels): void;
}
