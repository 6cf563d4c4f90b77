/** The last used vectors by text; the one that was not used for longest goes first. */
export interface VectorCache {
  get(text: string): Float32Array | undefined;
  set(text: string, vector: Float32Array): void;
  clear(): void;
}

/** `size`: how many vectors are kept; one of 384 dimensions takes 1.5 kB. A `Map` keeps the order of insertion. */
export function createVectorCache(size: number): VectorCache {
  const vectors = new Map<string, Float32Array>();
  const set = (text: string, vector: Float32Array) => {
    vectors.delete(text);
    vectors.set(text, vector);
    const [oldest] = vectors.keys();
    if (vectors.size > size && oldest !== undefined) vectors.delete(oldest);
  };
  return {
    get: (text) => {
      const vector = vectors.get(text);
      if (vector !== undefined) set(text, vector);
      return vector;
    },
    set,
    clear: () => vectors.clear(),
  };
}
