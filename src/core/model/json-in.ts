/** The text of a reply without the thoughts that some servers leave in it. Empty when the thoughts never end. */
export const withoutThoughts = (text: string): string =>
  text
    .replace(/^[\s\S]*<\/think(?:ing)?>/i, '')
    .replace(/^\s*<think(?:ing)?>[\s\S]*$/i, '')
    .trim();

/**
 * The JSON object in a reply, ignoring thoughts, a code fence or a sentence around it. Undefined when there is none.
 */
export function jsonIn(text: string): unknown {
  const answer = withoutThoughts(text);
  return parsed(answer) ?? parsed(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
}

/** The complete members of a JSON object in a truncated text. Undefined when there are none. */
export function completeMembers(text: string): unknown {
  const answer = withoutThoughts(text);
  const start = answer.indexOf('{');
  if (start < 0) return undefined;
  const end = lastMemberEnd(answer, start);
  return end === undefined ? undefined : parsed(`${answer.slice(start, end)}}`);
}

/** Position of the last comma between two members of the outer object. */
function lastMemberEnd(text: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  let end: number | undefined;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === ',' && depth === 1) end = at;
  }
  return end;
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
