import type { PagePerson } from '../../page-api.ts';

/** What a person typed with each `@name` of someone in the workspace turned into `<@U…>`; the server escapes the rest. */
export function outgoingText(typed: string, people: readonly PagePerson[]): string {
  const ids = new Map(people.map((person) => [person.name.toLowerCase(), person.id]));
  return typed.replace(mentionPattern(people), (_all, before: string, name: string) => {
    return `${before}<@${ids.get(name.toLowerCase())}>`;
  });
}

/** The typed text cut into plain pieces and mentions, for the highlight behind the composer. */
export function mentionPieces(
  typed: string,
  people: readonly PagePerson[],
): readonly { text: string; mention: boolean }[] {
  const pieces: { text: string; mention: boolean }[] = [];
  let from = 0;
  for (const match of typed.matchAll(mentionPattern(people))) {
    const start = match.index + (match[1] ?? '').length;
    pieces.push({ text: typed.slice(from, start), mention: false });
    from = match.index + match[0].length;
    pieces.push({ text: typed.slice(start, from), mention: true });
  }
  return [...pieces, { text: typed.slice(from), mention: false }];
}

/** Longest names first, so that `@mei-lin` is not read as `@mei`. */
function mentionPattern(people: readonly PagePerson[]): RegExp {
  const names = people.map((person) => person.name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  names.sort((a, b) => b.length - a.length);
  return new RegExp(`(^|[^\\p{L}\\p{N}_@])@(${names.join('|')})(?![\\p{L}\\p{N}_-])`, 'giu');
}
