/**
 * A small durable map from id to JSON value, for surfaces that keep state of their own (the playground's workspace).
 */
export interface Documents {
  all(): Promise<readonly { readonly id: string; readonly value: unknown }[]>;
  put(id: string, value: unknown): Promise<void>;
  delete(id: string): Promise<void>;
  clear(): Promise<void>;
}
