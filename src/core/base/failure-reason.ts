/** Why a call of a model failed. Stable: texts, logs and tests refer to it. */
export type FailureReason =
  /** Nobody listens there, or the network is away. */
  | 'away'
  /** No connection within the limit. */
  | 'connect'
  /** Connected, but nothing came within the limit. */
  | 'first_token'
  /** It stopped in the middle of its answer. */
  | 'idle'
  /** It wrote for longer than is waited for. */
  | 'total'
  | 'cut'
  | 'loading'
  /** Too many requests; `seconds` says how long it asks to wait. */
  | 'rate'
  | 'server_error'
  /** Its answer could not be read, twice. */
  | 'off_form'
  | 'empty'
  /** It only thought. */
  | 'thoughts'
  | 'loop'
  | 'length'
  | 'key'
  | 'credit'
  | 'no_model'
  | 'context'
  /** A page for a browser instead of an answer: a proxy, or another service. */
  | 'web_page'
  /** There is a server, but no chat API at that path. */
  | 'wrong_url'
  | 'request'
  | 'refusal';
