import { editDistance } from '../../core/language/edit-distance.ts';
import type { Command } from './command.ts';

/** A command with what follows its name, or what the person may have meant. */
export type Found =
  | { readonly command: Command; readonly argument: string }
  | { readonly command: undefined; readonly meant: Command | undefined };

/** Two typing errors are forgiven with a question; more are another word. */
const maxDistance = 2;

/** Reads `memory forget 2`. The first of the list is what an empty text means. */
export function findCommand(text: string, commands: readonly Command[]): Found {
  const words = text.trim().split(/\s+/u);
  const [first] = commands;
  if (text.trim() === '' && first !== undefined) return { command: first, argument: '' };
  // `sources show` begins like `sources`: the longer name is meant.
  const [named] = commands.filter(({ name }) => startsWith(words, name)).sort((a, b) => b.name.length - a.name.length);
  if (named === undefined) return { command: undefined, meant: nearest(words, commands) };
  const rest = new RegExp(`^\\s*${named.name.replaceAll(' ', '\\s+')}`, 'iu');
  return { command: named, argument: text.replace(rest, '').trim() };
}

const startsWith = (words: readonly string[], name: string): boolean =>
  name.split(' ').every((word, index) => words[index]?.toLowerCase() === word);

function nearest(words: readonly string[], commands: readonly Command[]): Command | undefined {
  const scored = commands.map((command) => {
    const parts = command.name.split(' ');
    const whole = editDistance(words.slice(0, parts.length).join(' ').toLowerCase(), command.name, maxDistance);
    const [word = ''] = words;
    // Short words are near to many: `how` is no `show`.
    const single = word.length > 3 ? parts.map((part) => editDistance(word.toLowerCase(), part, maxDistance)) : [];
    return { command, score: Math.min(whole, ...single) };
  });
  const [best] = scored.sort((a, b) => a.score - b.score);
  return best !== undefined && best.score <= maxDistance ? best.command : undefined;
}
