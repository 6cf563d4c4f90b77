import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readCommandLine } from '../../src/command-line.ts';
import { findSensitive } from '../../src/core/memory/secrets.ts';
import { readJsonLines } from '../../test/support/json-lines.ts';
import { dataFiles } from './data-files.ts';

const row = z.object({
  category: z.string(),
  text: z.string().optional(),
  parts: z.array(z.string()).optional(),
  hard: z.boolean().default(false),
});

const usage = `How well secrets and personal data are found before anything is remembered. false_pct is the share of harmless texts
that are taken for something; hard rows, which no pattern can tell, are counted apart.

  npm run bench:pii [-- --data FILE]

  --data FILE       JSON lines of {"category": "secret" | "pii" | "negative", "text"}, or "parts" to be joined (default:
                    our own small set)
  --json            one JSON object on standard output
  --help            this text`;
const { values } = readCommandLine(usage, { data: { type: 'string' }, json: { type: 'boolean', default: false } });
const data =
  values.data ?? fileURLToPath(new URL('../../test/fixtures/memory/secrets-and-personal-data.jsonl', import.meta.url));
const rows = dataFiles(data, '.jsonl')
  .flatMap((file) => readJsonLines(file))
  .map((line) => row.parse(line));

const found = (category: string, keep: (hard: boolean) => boolean) => {
  const texts = rows.filter((one) => one.category === category && keep(one.hard));
  const hits = texts.filter(({ text, parts }) => findSensitive(text ?? parts?.join('') ?? '') !== undefined);
  return { n: texts.length, pct: texts.length === 0 ? 0 : Number(((100 * hits.length) / texts.length).toFixed(1)) };
};
const [all, plain] = [() => true, (hard: boolean) => !hard];
const [secrets, pii, negatives] = ['secret', 'pii', 'negative'].map((category) => found(category, all));
const figures = {
  bench: 'pii',
  data: basename(data),
  n: rows.length,
  secrets_pct: secrets?.pct,
  pii_pct: pii?.pct,
  false_pct: negatives?.pct,
  without_hard: {
    secrets_pct: found('secret', plain).pct,
    pii_pct: found('pii', plain).pct,
    false_pct: found('negative', plain).pct,
  },
};
if (values.json) console.log(JSON.stringify(figures));
else console.table({ all: { secrets, pii, negatives }, ...figures.without_hard });
