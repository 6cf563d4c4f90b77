/**
 * English function words: articles, auxiliaries, pronouns, prepositions, conjunctions, question words. Search ignores
 * them. Words with a second meaning in a question to a database ("not", "no", "or", "with", "than") are excluded where
 * that meaning matters.
 */
export const functionWords: readonly string[] = (
  'a about after again all also am an and any are as at be because been before being both but by can could did do ' +
  'does doing down during each few for from further had has have having he her here hers him his how i if in into ' +
  'is it its just ll me more most my no nor not now of off on once only or other our out over own re s same she ' +
  'should so some such t than that the their them then there these they this those through to too under until up ' +
  've very was we were what when where which while who whom why will with would you your d m don didn doesn isn'
).split(' ');

/**
 * Words that a question to a database can omit: politeness, verbs that ask for an answer, and function words without a
 * second meaning there.
 */
export const askingEnglish: readonly string[] = `
  please, thanks, thank you, can you, could you, would you, can i, could i, hi, hey, ok, so, show, show me, show us,
  give, give me, give us, tell me, tell us, display, list, return me, find, get, get me, fetch, report, plot, draw,
  chart, print, see, let me see, let me know, i want to know, i want to see, i want, i need, i would like to see,
  i would like to know, look up, a, an, the, our, of, in, at, on, for, is, are, was, were, be, been, do, does, did,
  we, there, it, me, us, you, what, which, who, that, what about, do we have, did we have, did we get, do we get,
  did we make, are there, were there, exist, list of, a list of, pull, pull up, pls
`
  .trim()
  .split(/,\s+/);
