import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { scrub } from '../src/adapters/logging/scrub.ts';
import { createDatabasePersons } from '../src/core/answers/database-persons.ts';
import { keysInText, keysOfValue } from '../src/core/answers/person-keys.ts';
import { createFinder, findSensitive } from '../src/core/sensitive/find-sensitive.ts';
import { labelWords } from '../src/core/sensitive/label-words.ts';
import { vendorKeys } from '../src/core/sensitive/vendor-keys.ts';
import { ana, memoryWorld, sales } from './support/memory-world.ts';
import { personsSource } from './support/persons-source.ts';

const alphabets = {
  hex: '0123456789abcdef',
  base62: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  word: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  url: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  base64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
} as const;

const generated = (alphabet: keyof typeof alphabets, length: number): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...alphabets[alphabet]), minLength: length, maxLength: length + 8 })
    .filter((value) => (value.match(/\d/g)?.length ?? 0) >= 4 && /[A-Za-z].*\d.*[A-Za-z]/.test(value));

/** The same everywhere: a failure can be looked at again. */
const seed = 12;

describe('secrets', () => {
  it.each(vendorKeys.map((key) => [`${key[0]} ${key[1]}`, key] as const))(
    'a key of %s is found, and leaves the log',
    (_, [, prefix, alphabet, least]) => {
      fc.assert(
        fc.property(generated(alphabet, Math.max(least, 16)), (value) => {
          const key = prefix.replaceAll('*', 'abc1') + value;
          expect(findSensitive(`it is ${key} for now`)?.category).toBe('secret');
          expect(scrub(`it is ${key} for now`)).not.toContain(value);
        }),
        { numRuns: 5, seed },
      );
    },
  );

  it('a password is found behind each of its words in each language', () => {
    const missed = Object.entries(labelWords).flatMap(([language, { password }]) =>
      (password ?? '')
        .split(', ')
        .filter((word) => word !== '' && findSensitive(`${word}: Zq7!plover`)?.category !== 'secret')
        .map((word) => `${language} ${word}`),
    );
    expect(missed).toEqual([]);
  });

  it('a log line without a secret stays as it is, however long', () => {
    const line = `Error: x\n${'    at run (/app/node_modules/foo/lib/bar-baz/index.js:123:45)\n'.repeat(300)}`;
    expect(scrub(line)).toBe(line);
    const lines = [
      'question T1:C0123456789:1700000000.123456 answered in 812 ms by claude-sonnet-4-5-20250929',
      'started on http://127.0.0.1:3000/health',
      'hash c4f709fe938fd622f6107a094b03b777a267e612, id 550e8400-e29b-41d4-a716-446655440000',
    ];
    expect(lines.map((one) => scrub(one))).toEqual(lines);
  });

  it('a secret is left out wherever in a long line it stands', () => {
    const key = `${'gh'}p_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8`;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12_000 }), (at) => {
        const line = `${'word '.repeat(Math.ceil(at / 5))}${key} ${'word '.repeat(200)}`;
        expect(scrub(line)).toBe(line.replace(key, '[secret]'));
      }),
      { numRuns: 20, seed },
    );
  });
});

describe('personal data', () => {
  it('takes at most one in a hundred bare numbers for a person’s', () => {
    const taken = fc
      .sample(fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 8, maxLength: 18 }), {
        numRuns: 4000,
        seed,
      })
      .filter((digits) => findSensitive(`total ${digits}`)?.looksLike === 'an identity number');
    expect(taken.length / 4000).toBeLessThanOrEqual(0.01);
  });

  it('a birth date is found behind each of its words in each language', () => {
    const missed = Object.entries(labelWords).flatMap(([language, { birth }]) =>
      (birth ?? '')
        .split(', ')
        .filter((word) => word !== '' && findSensitive(`${word} 19.04.1987`)?.category !== 'personal')
        .map((word) => `${language} ${word}`),
    );
    expect(missed).toEqual([]);
  });

  it('finds a country’s texts without its rules, and a language’s by their form', () => {
    expect(createFinder({ country: 'PL' })('PESEL 85041712349')).toBeDefined();
    expect(createFinder({ language: 'it' })('Via Garibaldi 18, 20121 Milano')).toBeDefined();
  });

  it('reads any text of the length of a memory at once', () => {
    const texts = ['a', 'Aa ', '12 ', 'a.b-', 'a:', '密码', 'password ', '0x', 'St. ', '1-', '(', 'é'].map((piece) =>
      piece.repeat(500).slice(0, 500),
    );
    const begun = performance.now();
    for (const text of texts) findSensitive(text);
    expect(performance.now() - begun).toBeLessThan(3000);
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => void findSensitive(text)));
  });
});

describe('persons of a database', () => {
  it.each([
    ['Darla Whitcomb', 'name', 'ask DARLA  whitcomb about it', true],
    ['Darla Whitcomb', 'name', 'Whitcomb, Darla ordered twice', true],
    ['Darla', 'name', 'Darla owns the reports', false],
    ['Blue Bottle Inc', 'name', 'Blue Bottle Inc is a key account', false],
    ['欧阳明月', 'name', '给欧阳明月退款', true],
    ['d.whitcomb@mail.example', 'contact', 'orders of d.whitcomb@mail.example', true],
    ['+1 (208) 555-0143', 'contact', 'she has 1 208 555 0143', true],
    ['AB-7741-XK', 'code', 'file AB7741XK', true],
    ['52000', 'code', 'more than 52000', false],
    ['1987-04-19', 'code', 'since 1987-04-19', false],
  ] as const)('%s as %s in “%s”: %s', (value, kind, text, isThere) => {
    const keys = new Set(keysOfValue([value], kind));
    expect([...keysInText(text)].some((key) => keys.has(key))).toBe(isThere);
  });

  it('refuses to remember whom a database knows', async () => {
    const { source, asked } = personsSource();
    const warned: string[] = [];
    const log = (message: string) => warned.push(message);
    const persons = createDatabasePersons({
      sources: [source],
      digest: (value) => createHmac('sha256', 'key').update(value).digest('hex'),
      clock: { now: () => new Date('2026-03-02T09:00:00Z') },
      logger: { info: log, warn: log, error: log },
    });
    const { teach, memories } = memoryWorld({ persons });
    await expect(teach('always leave out Darla Whitcomb', ana, sales)).rejects.toMatchObject({
      code: 'secret_refused',
    });
    await expect(teach('always leave out badge ZX-991-773', ana, sales)).rejects.toMatchObject({
      code: 'secret_refused',
    });
    await teach('always leave out test accounts', ana, sales);
    expect(await memories.list(ana, sales, [])).toHaveLength(1);
    // Once for each column, not for each lesson.
    expect(asked).toHaveLength(2);
    expect(warned).toEqual([]);
  });

  it('remembers as before when a database cannot be read', async () => {
    const { source } = personsSource();
    const warned: string[] = [];
    const persons = createDatabasePersons({
      sources: [{ ...source, catalogue: () => Promise.reject(new Error('away')) }],
      digest: (value) => value,
      clock: { now: () => new Date() },
      logger: { info: () => undefined, warn: (message) => warned.push(message), error: () => undefined },
    });
    expect(await persons.holds('Darla Whitcomb')).toBe(false);
    expect(warned).toHaveLength(1);
  });
});
