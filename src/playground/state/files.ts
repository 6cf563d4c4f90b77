import type { PageFile } from '../page-api.ts';
import type { Ids } from './ids.ts';
import type { Saves } from './saves.ts';

/** A file and who may download it: everyone who sees one of the places it was shared to. */
export type StoredFile = {
  readonly file: PageFile;
  /** Channel ids, or `channel:person` when shared in an ephemeral message. */
  readonly sharedTo: readonly string[];
  readonly content: Uint8Array;
};

type Upload = { readonly id: string; readonly name: string; readonly length: number; content?: Uint8Array };

/** Files and unfinished uploads. */
export type Files = {
  load(id: string, value: unknown): void;
  /** Starts an upload. The bytes go to the address with `ticket`. */
  startUpload(name: string, length: number): { readonly id: string; readonly ticket: string };
  /** False for an unknown or used ticket, or when the length differs from the announced one. */
  receive(ticket: string, content: Uint8Array): boolean;
  /** Makes a file of a received upload; undefined when nothing was received under this id. */
  complete(id: string, title: string | undefined, about: { user: string; created: number }): PageFile | undefined;
  find(id: string): StoredFile | undefined;
  share(id: string, place: string): void;
  clear(): void;
};

const types: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  txt: 'text/plain',
  sql: 'text/plain',
  pdf: 'application/pdf',
};

/** Files are kept in memory and saved behind. */
export function createFiles({ ids, saves }: { ids: Ids; saves: Saves }): Files {
  const uploads = new Map<string, Upload>();
  const files = new Map<string, StoredFile>();

  function keep(stored: StoredFile): void {
    files.set(stored.file.id, stored);
    saves.put(`file/${stored.file.id}`, { ...stored, content: Buffer.from(stored.content).toString('base64') });
  }

  return {
    load(id, value) {
      const stored = value as Omit<StoredFile, 'content'> & { readonly content: string };
      files.set(id.replace('file/', ''), { ...stored, content: Buffer.from(stored.content, 'base64') });
    },
    startUpload(name, length) {
      const id = ids.id('F');
      const ticket = ids.id('UP');
      uploads.set(ticket, { id, name, length });
      return { id, ticket };
    },
    receive(ticket, content) {
      const upload = uploads.get(ticket);
      if (upload === undefined || upload.content !== undefined || upload.length !== content.byteLength) return false;
      upload.content = content;
      return true;
    },
    complete(id, title, { user, created }) {
      const [ticket, upload] = [...uploads].find(([, one]) => one.id === id) ?? [];
      if (ticket === undefined || upload?.content === undefined) return undefined;
      uploads.delete(ticket);
      const filetype = /\.([a-z0-9]+)$/i.exec(upload.name)?.[1]?.toLowerCase() ?? 'bin';
      const address = `/slack/files/${id}/${encodeURIComponent(upload.name)}`;
      const file: PageFile = {
        id,
        name: upload.name,
        title: title ?? upload.name,
        mimetype: types[filetype] ?? 'application/octet-stream',
        filetype,
        size: upload.content.byteLength,
        url_private: address,
        url_private_download: address,
        created,
        user,
      };
      keep({ file, sharedTo: [], content: upload.content });
      return file;
    },
    find: (id) => files.get(id),
    share(id, place) {
      const stored = files.get(id);
      if (stored === undefined || stored.sharedTo.includes(place)) return;
      keep({ ...stored, sharedTo: [...stored.sharedTo, place] });
    },
    clear() {
      uploads.clear();
      files.clear();
    },
  };
}
