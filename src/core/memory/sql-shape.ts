/** The most characters of SQL that a pattern keeps: enough for joins and grouping, few enough for a prompt. */
const maxSqlLength = 600;

/**
 * A statement without its values, and the tables it names. Values may be personal; the joins and sums help with the
 * next question.
 */
export function sqlShape(sql: string): { readonly sql: string; readonly tables: readonly string[] } {
  const shape = sql
    .replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, ' ')
    .replace(/\$(\w*)\$[\s\S]*?\$\1\$|E?'(?:[^'\\]|''|\\.)*'/gi, '?')
    .replace(/(?<![\w."$])\d+(?:\.\d+)?\b/g, '?')
    .replace(/\s+/g, ' ')
    .trim();
  const named = [...shape.matchAll(/\b(?:from|join)\s+((?:"[^"]+"|[\w$]+)(?:\.(?:"[^"]+"|[\w$]+))?)/gi)];
  const own = new Set(
    [...shape.matchAll(/(?:\bwith\s+(?:recursive\s+)?|,\s*)([\w$]+)\s+as\s*\(/gi)].map(([, name]) => name),
  );
  const tables = named.map(([, name = '']) => name.replaceAll('"', '')).filter((name) => !own.has(name));
  return { sql: shape.slice(0, maxSqlLength), tables: [...new Set(tables)].sort() };
}
