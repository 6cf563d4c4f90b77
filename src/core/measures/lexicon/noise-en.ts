const phrasesOf = (text: string): readonly string[] => text.trim().replaceAll(/\s+/g, ' ').split(', ');
const wordsOf = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Politeness, articles, auxiliaries: nothing that narrows a question. */
export const englishNoise = phrasesOf(`
  please, thanks, thank you, can you, could you, would you, can i, could i, hi, hey, ok, so,
  show, show me, show us, give, give me, give us, tell me, tell us, display, list, list out, return, return me,
  find, find out, get, get me, fetch, report, plot, draw, chart, print, see, compute, calculate, present,
  let me see, let me know, i want to know, i want to see, i want, i need, i would like to see,
  i would like to know, provide, identify, determine, look up, select, enumerate,
  a, an, the, our, of, in, at, on, for, from, to, is, are, was, were, be, been, being, do, does, did, we, there,
  as, it, its, their, his, her, his or her, they, them, these, those, also, either, named, called, whole, then,
  me, us, you, ones, the ones,
  what, which, who, whose, that, where, who is, what is, what are, which are, all, all the, how much, what about,
  how about, among, across, across all, within, during, out of, how much is, how,
  do we have, did we have, we have, did we get, do we get, did we make, did we sell, are there, were there,
  there are, exist, in total, altogether, in all, came, come, come from, came from, made,
  corresponding, list of, a list of, the list of, information, details of, has been,
  have been, had been, happened, that are, each of, because, because of, about, stored, that were, currently,
  available, records, record, kind of, kinds of, sort of, possible, specific, given, aged, listed, pull, pull up,
  pls, need, via, came in, come in, how long is, how high is, how big is, titled, ever, only list, total of, we,
  located, live, lives, living, located in, based, based in, took place, take place, held, whose is
`);

/** Verbs that only say that two things belong together, which the joins say already. */
export const englishLinks = wordsOf(`
  use uses used using own owns owned owning belong belongs belonging perform performs performed performing produce
  produces produced producing speak speaks spoken speaking teach teaches taught teaching attend attends attended
  visit visits visited visiting play plays played playing operate operates operated operating treat treated treats
  contain contains contained feature features featured offer offers offered hold holds assigned associated related
  done do does made makes make receive received receives got went go goes serve serves run runs take takes took
  taken participate participated participates participating work works working enrolled registered occur occurred
  occurs happen happens undergo underwent undergone correspond corresponds corresponding appear appeared appears
`).flatMap((verb) => [
  verb,
  ...['by', 'in', 'to', 'with', 'at', 'for', 'through', 'from'].map((after) => `${verb} ${after}`),
  ...['is', 'are', 'have', 'has'].map((before) => `${before} ${verb}`),
]);

/** Verbs that link two things like the ones above, but say something of their own before a place or a time. */
export const englishMaking = wordsOf(`
  raise raised raises create created creates design designed designs build built builds arrange arranged arranges
  shared cover covered covers join joined joins keep kept keeps
`).flatMap((verb) => [
  verb,
  `${verb} by`,
  ...['is', 'are', 'was', 'were', 'been'].map((before) => `${before} ${verb}`),
]);

/** What begins a place or a time: "designed in Berlin" is no link between the design and Berlin. */
export const englishPlacing = wordsOf(`
  in at on from since before after during last this next between until today yesterday within
`);
