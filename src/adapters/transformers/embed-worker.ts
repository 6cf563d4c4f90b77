import { env, pipeline } from '@xenova/transformers';
import type { EmbedModel, EmbedRequest, EmbedResponse } from './embed-protocol.ts';

// Works in a process of its own, started by embed-host.ts. Inference blocks its thread for its whole length, so it must not be
// the bot's; and onnxruntime-node 1.14 corrupts the memory of a process in which one thread after another loads it, so
// a worker thread that can be started again will not do.

/** Everyday Chinese: a vocabulary that knows these characters was made for Chinese too. */
const hanProbe = '请问上个季度华东地区的销售额和退款率分别是多少';
const maxUnknownShare = 0.1;

type Extractor = Awaited<ReturnType<typeof openExtractor>>;

function openExtractor({ model, modelsFolder, remote }: EmbedModel) {
  env.localModelPath = modelsFolder;
  // A download is kept beside the local models, so that it happens once and is found like any other.
  env.cacheDir = modelsFolder;
  env.allowRemoteModels = remote;
  return pipeline('feature-extraction', model, { quantized: true });
}

async function embed(extractor: Extractor, texts: readonly string[]): Promise<Float32Array> {
  const output = await extractor([...texts], { pooling: 'mean', normalize: true });
  return Float32Array.from(output.data as Float32Array);
}

/** The share of the probe's word pieces that the vocabulary does not know. */
function unknownShare({ tokenizer }: Extractor): number {
  const ids: readonly number[] = tokenizer.encode(hanProbe, undefined, { add_special_tokens: false });
  const unknown: number | undefined = tokenizer.model?.unk_token_id;
  return ids.filter((id) => id === unknown).length / Math.max(1, ids.length);
}

/** An answer that nobody waits for any more (the channel was closed meanwhile) is dropped. */
const send = (message: EmbedResponse): void => {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function open(model: EmbedModel): Promise<void> {
  try {
    const extractor = await openExtractor(model);
    // The first inference is several times slower than the next; nobody should wait for it.
    const { length: dimensions } = await embed(extractor, ['warm']);
    process.on('message', (request: EmbedRequest) => {
      if (request.type === 'embed') void answer(extractor, request.id, request.texts);
    });
    send({ type: 'ready', dimensions, multilingual: unknownShare(extractor) <= maxUnknownShare });
  } catch (error) {
    send({ type: 'unusable', reason: reasonOf(error) });
  }
}

async function answer(extractor: Extractor, id: number, texts: readonly string[]): Promise<void> {
  try {
    send({ type: 'done', id, vectors: await embed(extractor, texts) });
  } catch (error) {
    send({ type: 'failed', id, reason: reasonOf(error) });
  }
}

// Ctrl-C reaches every process of the terminal: the bot decides when this one ends, by closing the channel or by ending.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => process.exit());
process.once('message', (request: EmbedRequest) => {
  if (request.type === 'open') void open(request.model);
});
