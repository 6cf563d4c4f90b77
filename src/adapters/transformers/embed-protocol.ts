/** The first message to the process that embeds. */
export type EmbedModel = {
  /** The name of a folder below `modelsFolder`, or a Hugging Face model id when `remote`. */
  readonly model: string;
  readonly modelsFolder: string;
  /** Whether files that are missing may be downloaded. */
  readonly remote: boolean;
};

/** Messages to the process that embeds: `open` once, then `embed`. */
export type EmbedRequest =
  | { readonly type: 'open'; readonly model: EmbedModel }
  | { readonly type: 'embed'; readonly id: number; readonly texts: readonly string[] };

/** Its answers: `ready` or `unusable` to `open`; `done` or `failed` with the id of the request to `embed`. */
export type EmbedResponse =
  | { readonly type: 'ready'; readonly dimensions: number; readonly multilingual: boolean }
  /** The model could not be loaded. */
  | { readonly type: 'unusable'; readonly reason: string }
  /** `vectors` holds one vector after another, `dimensions` numbers each. */
  | { readonly type: 'done'; readonly id: number; readonly vectors: Float32Array }
  | { readonly type: 'failed'; readonly id: number; readonly reason: string };
