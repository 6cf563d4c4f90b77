import type { PagePerson, SlashCommand } from '../../page-api.ts';

/** One line of the completion list. */
export type CompletionItem = {
  /** Replaces the text from `Completion.from` to the caret. */
  readonly insert: string;
  readonly label: string;
  readonly hint: string;
  readonly person?: PagePerson;
};

/** Completions for the text before the caret; `from` is where that text begins. */
export type Completion = { readonly title: string; readonly from: number; readonly items: readonly CompletionItem[] };

/** Completions at the caret: mentions anywhere, slash commands at the start of a message. */
export function completionAt(
  text: string,
  caret: number,
  people: readonly PagePerson[],
  commands: readonly SlashCommand[],
): Completion | undefined {
  const before = text.slice(0, caret);
  const found = before.startsWith('/') ? commandCompletion(before, commands) : mentionCompletion(before, people);
  return found && found.items.length > 0 ? found : undefined;
}

function mentionCompletion(before: string, people: readonly PagePerson[]): Completion | undefined {
  const match = /(?:^|[\s(（，。、])@([\p{L}\p{N}_.-]*)$/u.exec(before);
  if (!match) return undefined;
  const typed = (match[1] ?? '').toLowerCase();
  const items = people
    .filter((person) => person.name.toLowerCase() !== typed)
    .filter((person) =>
      `${person.name} ${person.real_name}`
        .toLowerCase()
        .split(' ')
        .some((word) => word.startsWith(typed)),
    )
    .map((person) => ({ insert: `@${person.name} `, label: person.real_name, hint: `@${person.name}`, person }));
  return { title: 'People', from: before.length - typed.length - 1, items };
}

function commandCompletion(before: string, commands: readonly SlashCommand[]): Completion | undefined {
  if (before.includes('\n')) return undefined;
  const command = commands.find((known) => before.startsWith(`${known.command} `));
  if (!command) {
    const items = commands
      .filter((known) => known.command.startsWith(before))
      .map((known) => ({ insert: `${known.command} `, label: known.command, hint: known.description }));
    return { title: 'Slash commands', from: 0, items };
  }
  const typed = before.slice(command.command.length + 1);
  const items = subcommandsOf(command)
    .filter(({ words }) => words !== '' && words.startsWith(typed) && words !== typed)
    .map(({ words, rest }) => ({
      insert: `${command.command} ${words}${rest ? ' ' : ''}`,
      label: `${command.command} ${words}`,
      hint: rest,
    }));
  return { title: command.description || 'Slash commands', from: 0, items };
}

/** `[help | memory add <text>]` → `help`, and `memory add` with `<text>` left for the person to fill in. */
export function subcommandsOf(command: SlashCommand): readonly { readonly words: string; readonly rest: string }[] {
  const alternatives = command.usage_hint
    .trim()
    .replace(/^\[(.*)\]$/s, '$1')
    .split('|');
  return alternatives.map((alternative) => {
    const words = alternative.trim().split(/\s+/);
    const firstArgument = words.findIndex((word) => /^[<[“"…]|^[A-Z][A-Z_…]+$/.test(word));
    const fixed = firstArgument < 0 ? words.length : firstArgument;
    return { words: words.slice(0, fixed).join(' '), rest: words.slice(fixed).join(' ') };
  });
}
