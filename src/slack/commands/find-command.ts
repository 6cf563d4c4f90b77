import { editDistance } from '../../core/language/edit-distance.ts';
import type { Command } from './command.ts';

/** A command with the rest of the text, or a command that the person may have meant. */
export type CommandMatch =
  | { readonly command: Command; readonly argument: string }
  | { readonly command: undefined; readonly meant: Command | undefined };

/** Up to two typing errors lead to "Did you mean"; more make it another word. */
const maxDistance = 2;

/** Reads `memory forget 2`. An empty text means the first command of the list. */
export function findCommand(text: string, commands: readonly Command[]): CommandMatch {
  const words = text.trim().split(/\s+/u);
  const [first] = commands;
  if (text.trim() === '' && first !== undefined) return { command: first, argument: '' };
  // `sources show` begins like `sources`, and the longer name is meant.
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
    // Short words are similar to many others: `how` does not mean `show`.
    const single = word.length > 3 ? parts.map((part) => editDistance(word.toLowerCase(), part, maxDistance)) : [];
    return { command, score: Math.min(whole, ...single) };
  });
  const [best] = scored.sort((a, b) => a.score - b.score);
  return best !== undefined && best.score <= maxDistance ? best.command : undefined;
}
