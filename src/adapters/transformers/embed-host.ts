import { type ChildProcess, fork } from 'node:child_process';
import { MemoriError } from '../../core/base/errors.ts';
import { programBeside } from '../processes/program-beside.ts';
import type { EmbedModel, EmbedRequest, EmbedResponse } from './embed-protocol.ts';

/** One running embedding process. */
export type EmbedHost = {
  readonly pid: number | undefined;
  readonly dimensions: number;
  /** Its vocabulary knows Chinese. */
  readonly multilingual: boolean;
  /** The vectors, one after another. Rejects with `EmbedProcessGone` when the process ends before it answers. */
  run(texts: readonly string[]): Promise<Float32Array>;
  close(): Promise<void>;
};

/** The process ended unexpectedly: out of memory, a fault in native code, or killed. */
export class EmbedProcessGone extends Error {
  override readonly name = 'EmbedProcessGone';
}

type Waiting = { readonly resolve: (vectors: Float32Array) => void; readonly reject: (error: Error) => void };

/** Starts the process and waits until its model is loaded. Errors: `config_invalid` when it cannot be loaded. */
export function startEmbedHost(model: EmbedModel): Promise<EmbedHost> {
  const child = forkBeside('./embed-worker');
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let gone: EmbedProcessGone | undefined;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const post = (request: EmbedRequest) => child.send(request, () => undefined);

  const run = (texts: readonly string[]) =>
    new Promise<Float32Array>((resolve, reject) => {
      if (gone !== undefined) throw gone;
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      child.channel?.ref();
      post({ type: 'embed', id: lastId, texts });
    });

  const settle = (id: number): Waiting | undefined => {
    const one = waiting.get(id);
    waiting.delete(id);
    // An idle embedding process does not keep the bot's process alive.
    if (waiting.size === 0) child.channel?.unref();
    return one;
  };

  const close = () => {
    child.ref();
    if (child.connected) child.disconnect();
    return ended;
  };

  return new Promise((resolve, reject) => {
    child.on('message', (message: EmbedResponse) => {
      if (message.type === 'ready') {
        const { dimensions, multilingual } = message;
        child.unref();
        child.channel?.unref();
        resolve({ pid: child.pid, dimensions, multilingual, run, close });
      } else if (message.type === 'unusable') {
        reject(modelUnusable(model, message.reason));
        void close();
      } else if (message.type === 'done') settle(message.id)?.resolve(message.vectors);
      else settle(message.id)?.reject(new Error(`The embedding failed: ${message.reason}`));
    });
    const end = (why: string) => {
      gone = new EmbedProcessGone(`The embedding process ended (${why}).`);
      reject(gone);
      for (const id of [...waiting.keys()]) settle(id)?.reject(gone);
    };
    child.on('error', (error) => end(error.message));
    child.on('exit', (code, signal) => end(signal ?? `exit code ${code}`));
    post({ type: 'open', model });
  });
}

function forkBeside(name: string): ChildProcess {
  const { path, execArgv } = programBeside(import.meta.url, name);
  return fork(path, {
    execArgv,
    // Structured clone: vectors travel as bytes, not as JSON.
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
}

function modelUnusable({ model, modelsFolder, remote }: EmbedModel, reason: string): MemoriError {
  return new MemoriError('config_invalid', `The embedding model "${model}" cannot be loaded: ${reason}`, {
    next: remote
      ? 'Check the model id and the connection to huggingface.co, or put the model into the models folder.'
      : `Put the model into ${modelsFolder}/${model} (config.json, tokenizer.json, onnx/model_quantized.onnx).`,
    details: { model },
  });
}
