import { Tokenizer } from '@huggingface/tokenizers';
import onnxruntime from 'onnxruntime-node';
import type { EmbedModel } from './embed-protocol.ts';
import { readModelFile } from './model-files.ts';

/** A sentence model with its tokenizer. */
export type Encoder = {
  /** One vector of length 1 after another. At least one text. */
  embed(texts: readonly string[]): Promise<Float32Array>;
  /** The share of the text's word pieces that the vocabulary does not know, 0 to 1. */
  unknownShare(text: string): number;
};

type TokenizerConfig = {
  readonly model_max_length?: number;
  readonly pad_token?: string | { readonly content: string };
  readonly padding_side?: 'left' | 'right';
};

/** Reads the model's files and loads it. Errors: those of the files, and of a model that onnxruntime cannot run. */
export async function openEncoder(model: EmbedModel): Promise<Encoder> {
  const [vocabulary, config, weights] = await Promise.all([
    readModelFile(model, 'tokenizer.json').then(parse<object>),
    readModelFile(model, 'tokenizer_config.json').then(parse<TokenizerConfig>),
    readModelFile(model, 'onnx/model_quantized.onnx'),
  ]);
  const tokenizer = new Tokenizer(vocabulary, config);
  const session = await onnxruntime.InferenceSession.create(weights);
  const pad = padding(tokenizer, config);
  return {
    async embed(texts) {
      const rows = pad(texts.map((text): readonly number[] => tokenizer.encode(text).ids));
      const outputs = await session.run(feedsOf(rows, session.inputNames));
      const hidden = outputs.last_hidden_state;
      if (hidden === undefined) throw new Error('it has no output last_hidden_state');
      return pool(hidden, rows);
    },
    unknownShare(text) {
      const ids: readonly number[] = tokenizer.encode(text, { add_special_tokens: false }).ids;
      const unknown: number | undefined = tokenizer.model?.unk_token_id;
      return ids.filter((id) => id === unknown).length / Math.max(1, ids.length);
    },
  };
}

const parse = <T>(bytes: Buffer): T => JSON.parse(bytes.toString('utf8')) as T;

/** The word pieces of one text; `mask` is 0 where they are padding. */
type Row = { readonly ids: readonly number[]; readonly mask: readonly number[] };

/** Brings texts to one length: that of the longest, or what the model can read. */
function padding(tokenizer: Tokenizer, config: TokenizerConfig): (texts: readonly (readonly number[])[]) => Row[] {
  const token = typeof config.pad_token === 'object' ? config.pad_token.content : config.pad_token;
  const id = (token === undefined ? undefined : tokenizer.token_to_id(token)) ?? 0;
  const most = config.model_max_length ?? Number.POSITIVE_INFINITY;
  const join = <T>(text: readonly T[], fill: readonly T[]): T[] =>
    config.padding_side === 'left' ? [...fill, ...text] : [...text, ...fill];
  return (texts) => {
    const length = Math.min(most, Math.max(...texts.map((ids) => ids.length)));
    return texts.map((all) => {
      const ids = all.slice(0, length);
      const missing = length - ids.length;
      return {
        ids: join(ids, Array<number>(missing).fill(id)),
        mask: join(Array<number>(ids.length).fill(1), Array<number>(missing).fill(0)),
      };
    });
  };
}

/** Only what the model asks for; one text is one segment, so that `token_type_ids` are zeros. */
function feedsOf(rows: readonly Row[], names: readonly string[]): Record<string, onnxruntime.Tensor> {
  const dims = [rows.length, rows[0]?.ids.length ?? 0];
  const tensor = (numbers: readonly number[]) =>
    new onnxruntime.Tensor('int64', BigInt64Array.from(numbers, BigInt), dims);
  const feeds: Record<string, () => onnxruntime.Tensor> = {
    input_ids: () => tensor(rows.flatMap(({ ids }) => ids)),
    attention_mask: () => tensor(rows.flatMap(({ mask }) => mask)),
    token_type_ids: () => tensor(rows.flatMap(({ ids }) => ids.map(() => 0))),
  };
  return Object.fromEntries(names.flatMap((name) => (feeds[name] ? [[name, feeds[name]()]] : [])));
}

/** The mean over each text's word pieces, at length 1. */
function pool(hidden: onnxruntime.Tensor, rows: readonly Row[]): Float32Array {
  const [, length = 0, dimensions = 0] = hidden.dims;
  const values = hidden.data as Float32Array;
  const vectors = new Float32Array(rows.length * dimensions);
  for (const [at, { mask }] of rows.entries()) {
    const vector = vectors.subarray(at * dimensions, (at + 1) * dimensions);
    const count = mask.reduce((sum, one) => sum + one, 0);
    for (let k = 0; k < dimensions; k += 1) {
      let sum = 0;
      for (let j = 0; j < length; j += 1)
        if (mask[j] === 1) sum += values[(at * length + j) * dimensions + k] as number;
      vector[k] = sum / count;
    }
    normalise(vector);
  }
  return vectors;
}

/** Rounded to 32 bits at each step, as the vectors that stores already hold were: a text keeps its vector to the bit. */
function normalise(vector: Float32Array): void {
  const squares = vector.reduce((sum, value) => Math.fround(sum + value * value), 0);
  const norm = Math.fround(Math.sqrt(squares));
  for (const [at, value] of vector.entries()) vector[at] = value / norm;
}
