/** What a person needs to know of a type: how to align it, chart it, and write it to a CSV. */
export type ColumnType = 'integer' | 'number' | 'text' | 'boolean' | 'date' | 'timestamp' | 'json' | 'bytes';
