import { MemoriError } from '../../core/base/errors.ts';
import type { Texts } from '../../core/texts/texts-for.ts';
import type { ListedSource, SlackDeps } from '../slack-deps.ts';

/** The source of this name, or all without a name. Errors: `invalid_input`, which says what there is. */
export function sourcesNamed(
  name: string,
  { data }: SlackDeps,
  texts: Texts,
): readonly [ListedSource, ...ListedSource[]] {
  const all = data.sources();
  const [first, ...rest] = name === '' ? all : all.filter((source) => source.name.toLowerCase() === name.toLowerCase());
  if (first !== undefined) return [first, ...rest];
  const message = all.length === 0 ? texts.sources.none : texts.sources.which(all.map((source) => source.name));
  throw new MemoriError('invalid_input', `There is no data source ${JSON.stringify(name)}.`, { details: { message } });
}
