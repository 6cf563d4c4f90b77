/** The steps of an answer in the order a person sees them. Steps that are not needed are skipped. */
export const steps = ['recalling', 'reading_schema', 'writing_sql', 'checking', 'running', 'summarising'] as const;
/** One entry of `steps`; every language has a text for it. */
export type Step = (typeof steps)[number];
