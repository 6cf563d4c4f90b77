/**
 * The JSON object of an answer; undefined when there is none. Models that are asked in words like to wrap it: thoughts
 * before it, a fence around it.
 */
export function parseJson(text: string): unknown {
  const answer = text.replace(/^[\s\S]*<\/think>/, '');
  return parsed(answer) ?? parsed(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
