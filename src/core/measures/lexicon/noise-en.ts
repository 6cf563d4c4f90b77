import { askingEnglish } from '../../language/closed-words-en.ts';

const phrasesOf = (text: string): readonly string[] => text.trim().replaceAll(/\s+/g, ' ').split(', ');
const wordsOf = (text: string): readonly string[] => text.trim().split(/\s+/);

/**
 * What may be skipped: words of the closed classes (articles, auxiliaries, pronouns, prepositions, question words),
 * politeness, and the verbs that ask for an answer. No verb, noun or adjective that could say which rows are meant: a
 * word of an open class is accounted for by the model or the question is not read.
 */
export const englishNoise: readonly string[] = [
  ...askingEnglish,
  ...phrasesOf(`
    list out, return, find out, compute, calculate, present, provide, identify, determine, select, enumerate, from, to,
    being, as, its, their, his, her, his or her, they, them, these, those, also, either, named, called, whole, then,
    ones, the ones, whose, where, who is, what is, what are, which are, how much, how about, among, across, within,
    during, out of, how much is, how, we have, did we sell, there are, in total, altogether, in all, the list of,
    has been, have been, had been, that are, each of, because, because of, about, that were, records, record, kind of,
    kinds of, sort of, aged, listed, via, how long is, how high is, how big is, titled, ever, only list, total of,
    whose is
  `),
];

/**
 * Verbs that say no more than that two things belong together or where something is, which a join says already: to be
 * somewhere, to belong, to be joined, to happen, and the light verbs.
 */
export const englishLinks = wordsOf(`
  own owns owned owning use uses used using belong belongs belonging
  associated related corresponding correspond corresponds linked assigned
  located live lives living based situated
  happen happened happens occur occurred occurs
  done do does made make makes got get gets went go goes came come comes
`)
  .flatMap((verb) => [
    verb,
    ...['by', 'in', 'to', 'with', 'at', 'for', 'through', 'from'].map((after) => `${verb} ${after}`),
    ...['is', 'are', 'have', 'has'].map((before) => `${before} ${verb}`),
  ])
  .concat(['took place', 'take place', 'takes place', 'took place in', 'take place in']);
