import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readCommandLine } from '../../src/command-line.ts';
import { leaveOneOut } from './pii/leave-one-out.ts';
import { familyOf, measure, readRows } from './pii/rows.ts';

const usage = `How well secrets and personal data are found before anything is remembered, by family. false_pct is the share of harmless
texts that are taken for something. Hard rows, which no form can tell, count in all and are left out in without_hard.

  npm run bench:pii [-- --data FILE] [--leave-one-out]

  --data FILE       JSON lines of {"category": "secret" | "pii" | "negative", "text"}, or "parts" to be joined; "type" names the
                    family, "language" or "country" where it is from (default: our own texts)
  --leave-one-out   also measures the texts of each language without its words, and of each country without its rules
  --misses          also prints what was missed and what was mistaken
  --json            one JSON object on standard output
  --help            this text`;
const { values } = readCommandLine(usage, {
  data: { type: 'string' },
  'leave-one-out': { type: 'boolean', default: false },
  misses: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
});
const data =
  values.data ?? fileURLToPath(new URL('../../test/fixtures/corpora/secrets-and-personal-data.jsonl', import.meta.url));
const rows = readRows(data);
const measured = measure(rows);
const pct = (category: string, keepsHard: boolean): number =>
  measured.share((row) => row.category === category && (keepsHard || !row.hard)).pct;
const families = [...new Set(rows.map(familyOf))].sort().map((family) => ({
  family,
  ...measured.share((row) => familyOf(row) === family),
}));
const figures = {
  bench: 'pii',
  data: basename(data),
  n: rows.length,
  secrets_pct: pct('secret', true),
  pii_pct: pct('pii', true),
  false_pct: pct('negative', true),
  without_hard: {
    secrets_pct: pct('secret', false),
    pii_pct: pct('pii', false),
    false_pct: pct('negative', false),
  },
  families,
  ...(values['leave-one-out'] ? { left_out: leaveOneOut(rows) } : {}),
};
if (values.misses)
  for (const row of measured.wrong) console.error(`${familyOf(row)}${row.hard ? ' (hard)' : ''}: ${row.text}`);
if (values.json) console.log(JSON.stringify(figures));
else {
  const { families: table, left_out: leftOut, ...rest } = { left_out: undefined, ...figures };
  console.log(rest);
  console.table(table);
  if (leftOut) console.dir(leftOut, { depth: 4 });
}
