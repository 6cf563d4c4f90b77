/** What a placeholder may become. A date is `YYYY-MM-DD` and is bound as a DATE. */
export type ParameterValue = string | number | boolean | { readonly date: string };
