/** Turns texts into vectors of unit length. */
export interface Embedder {
  /** Model id; vectors of different models are never compared. */
  readonly model: string;
  readonly dimensions: number;
  /** False when the model knows no Chinese: its similarity then counts nothing for Han text. */
  readonly multilingual: boolean;
  embed(texts: readonly string[]): Promise<readonly Float32Array[]>;
  close(): Promise<void>;
}
