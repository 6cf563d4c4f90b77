import { env, pipeline } from '@xenova/transformers';
import type { EmbedModel, EmbedRequest, EmbedResponse } from './embed-protocol.ts';

// The process that embeds, started by embed-host.ts. Inference blocks its thread, so it cannot run in the bot's. A worker
// thread will not do either: when several threads load onnxruntime-node 1.14 one after another, it corrupts the memory.

/** Everyday Chinese. A vocabulary with these characters was made for Chinese too. */
const hanProbe = '请问上个季度华东地区的销售额和退款率分别是多少';
const maxUnknownShare = 0.1;

type Extractor = Awaited<ReturnType<typeof openExtractor>>;

function openExtractor({ model, modelsFolder, remote }: EmbedModel) {
  env.localModelPath = modelsFolder;
  // Downloads go to the folder of the local models, so that each happens once.
  env.cacheDir = modelsFolder;
  env.allowRemoteModels = remote;
  return pipeline('feature-extraction', model, { quantized: true });
}

async function embed(extractor: Extractor, texts: readonly string[]): Promise<Float32Array> {
  const output = await extractor([...texts], { pooling: 'mean', normalize: true });
  return Float32Array.from(output.data as Float32Array);
}

/** The share of the probe's word pieces that are missing in the vocabulary. */
function unknownShare({ tokenizer }: Extractor): number {
  const ids: readonly number[] = tokenizer.encode(hanProbe, undefined, { add_special_tokens: false });
  const unknown: number | undefined = tokenizer.model?.unk_token_id;
  return ids.filter((id) => id === unknown).length / Math.max(1, ids.length);
}

/** Drops the answer when the channel was closed and nobody waits for it. */
const send = (message: EmbedResponse): void => {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function open(model: EmbedModel): Promise<void> {
  try {
    const extractor = await openExtractor(model);
    // The first inference is several times slower than the next, so it happens before anybody waits.
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

// Ctrl-C reaches every process of the terminal. The bot ends this one, by closing the channel or by ending itself.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => process.exit());
process.once('message', (request: EmbedRequest) => {
  if (request.type === 'open') void open(request.model);
});
