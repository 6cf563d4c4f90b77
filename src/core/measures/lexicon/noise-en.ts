const phrasesOf = (text: string): readonly string[] => text.trim().replaceAll(/\s+/g, ' ').split(', ');
const wordsOf = (text: string): readonly string[] => text.trim().split(/\s+/);

/**
 * What may be skipped: words of the closed classes (articles, auxiliaries, pronouns, prepositions, question words),
 * politeness, and the verbs that ask for an answer. No verb, noun or adjective that could say which rows are meant: a
 * word of an open class is accounted for by the model or the question is not read.
 */
export const englishNoise = phrasesOf(`
  please, thanks, thank you, can you, could you, would you, can i, could i, hi, hey, ok, so,
  show, show me, show us, give, give me, give us, tell me, tell us, display, list, list out, return, return me,
  find, find out, get, get me, fetch, report, plot, draw, chart, print, see, compute, calculate, present,
  let me see, let me know, i want to know, i want to see, i want, i need, i would like to see,
  i would like to know, provide, identify, determine, look up, select, enumerate,
  a, an, the, our, of, in, at, on, for, from, to, is, are, was, were, be, been, being, do, does, did, we, there,
  as, it, its, their, his, her, his or her, they, them, these, those, also, either, named, called, whole, then,
  me, us, you, ones, the ones,
  what, which, who, whose, that, where, who is, what is, what are, which are, how much, what about,
  how about, among, across, within, during, out of, how much is, how,
  do we have, did we have, we have, did we get, do we get, did we make, did we sell, are there, were there,
  there are, exist, in total, altogether, in all,
  list of, a list of, the list of, has been,
  have been, had been, that are, each of, because, because of, about, that were,
  records, record, kind of, kinds of, sort of, aged, listed, pull, pull up,
  pls, via, how long is, how high is, how big is, titled, ever, only list, total of, whose is
`);

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
