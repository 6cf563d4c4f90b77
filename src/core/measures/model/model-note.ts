import { instructionsOf, type OssieModel } from './ossie.ts';

/** Metrics that are written out for a language model: what a prompt of a few thousand tokens can spare. Characters. */
const metricsCharacters = 3_000;

/**
 * What a language model should know of a source: the owners' note, and how the team computes its metrics, as many as fit.
 * The same for every question, so that the vendor's cache holds it.
 */
export function modelNote(model: OssieModel): string | undefined {
  const note = instructionsOf(model)?.trim();
  const metrics = metricLines(model);
  const parts = [...(note ? [note] : []), ...(metrics.length > 0 ? [['Metrics:', ...metrics].join('\n')] : [])];
  return parts.length === 0 ? undefined : parts.join('\n');
}

function metricLines({ metrics = [] }: OssieModel): readonly string[] {
  let left = metricsCharacters;
  const lines = metrics.map(({ name, expression, description }) => {
    const [{ expression: sql } = { expression: '' }] = expression.dialects;
    return `${name} = ${sql}${description ? ` -- ${description}` : ''}`.replace(/\s+/g, ' ');
  });
  const end = lines.findIndex((line) => {
    left -= line.length + 1;
    return left < 0;
  });
  return end === -1 ? lines : lines.slice(0, end);
}
