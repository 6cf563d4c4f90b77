import { MemoriError } from '../core/base/errors.ts';
import { missingVariable } from './read-variables.ts';

/** One data source, as `DATA_SOURCES` names it. */
export type SourceConfig =
  | { readonly kind: 'demo' }
  | { readonly kind: 'postgres' | 'mysql'; readonly name: string; readonly url: string }
  /** Files on this machine. */
  | { readonly kind: 'sqlite' | 'duckdb'; readonly name: string; readonly path: string };

/** The entries of DATA_SOURCES. Errors: `config_invalid` with the number of the entry; never its password. */
export function sourceConfigs(list: string | undefined, production: boolean): readonly SourceConfig[] {
  if (list === undefined) {
    if (production) throw missingVariable('DATA_SOURCES', 'in production the demo shop is used only when it is named.');
    return [{ kind: 'demo' }];
  }
  const sources = list
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(sourceConfig);
  const names = sources.map((source) => (source.kind === 'demo' ? 'shop' : source.name));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice)
    throw new MemoriError(
      'config_invalid',
      `DATA_SOURCES names ${JSON.stringify(twice)} twice: give each source its own name, as in name=postgres://….`,
    );
  return sources;
}

function sourceConfig(entry: string, index: number): SourceConfig {
  if (entry === 'demo') return { kind: 'demo' };
  const [, name, url = ''] = /^(?:([A-Za-z0-9_-]+)=)?(\S+)$/.exec(entry) ?? [];
  const source = servedSource(url, name) ?? fileSource(url, name);
  if (source !== undefined) return source;
  throw new MemoriError(
    'config_invalid',
    `DATA_SOURCES: entry ${index + 1} is none of \`demo\`, \`name=postgres://user:password@host:5432/database\`, ` +
      '`name=mysql://user:password@host:3306/database`, `name=sqlite:///path/file.db` and ' +
      '`name=duckdb:///path` (a .duckdb, .csv, .xlsx, .json or .parquet file or a folder of files).',
  );
}

function servedSource(url: string, name: string | undefined): SourceConfig | undefined {
  const [, scheme] = /^(postgres|mysql|mariadb)(?:(?<=postgres)ql)?:\/\/./.exec(url) ?? [];
  if (scheme === undefined || !URL.canParse(url)) return undefined;
  const database = decodeURIComponent(new URL(url).pathname.slice(1));
  if (scheme === 'postgres') return { kind: scheme, url, name: name ?? (database || scheme) };
  return database === '' ? undefined : { kind: 'mysql', url, name: name ?? database };
}

function fileSource(url: string, name: string | undefined): SourceConfig | undefined {
  const [, kind, written = ''] = /^(sqlite|duckdb):\/\/(.+)$/.exec(url) ?? [];
  if (kind !== 'sqlite' && kind !== 'duckdb') return undefined;
  const path = /%[0-9a-f]{2}/i.test(written) ? decodeURIComponent(written) : written;
  const stem = (path.replace(/\/+$/, '').split('/').at(-1) ?? '').replace(/\.\w+$/, '');
  return { kind, path, name: name ?? (stem.replace(/[^A-Za-z0-9_-]+/g, '_') || kind) };
}
