/** What a person watches while they wait, in this order; steps that are not needed are skipped. */
export const steps = ['recalling', 'reading_schema', 'writing_sql', 'checking', 'running', 'summarising'] as const;
export type Step = (typeof steps)[number];
