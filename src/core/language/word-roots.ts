/** Endings that make other words of one root: "perform", "performed", "performer", "performance". The longest first. */
const endings = [
  ...['ations', 'ation', 'ators', 'ator', 'ating', 'ated', 'ates', 'ate', 'ances', 'ance', 'ences', 'ence'],
  ...['ments', 'ment', 'ants', 'ant', 'tions', 'tion', 'ions', 'ion', 'ings', 'ing', 'ees', 'ee', 'ers', 'er'],
  ...['ors', 'or', 'als', 'al', 'ed', 'es', 'e', 's'],
] as const;

/** Irregular past forms. */
const irregular: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'taught:teach held:hold kept:keep made:make built:build spoke:speak spoken:speak wrote:write written:write won:win ' +
    'sold:sell bought:buy paid:pay gave:give given:give took:take taken:take led:lead met:meet sent:send lent:lend ' +
    'drove:drive driven:drive flew:fly flown:fly ran:run sang:sing sung:sing taken:take chose:choose chosen:choose ' +
    'left:leave lost:lose rode:ride ridden:ride rose:rise swam:swim threw:throw wore:wear worn:wear hired:hire'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

/** The noun that an event is kept under when its verb has another root. */
const nouns: Readonly<Record<string, string>> = { speak: 'language', buy: 'purchase', sell: 'sale', fly: 'flight' };

/** The shortest root that two words can share, in letters. */
const shortest = 3;

function rootsOf(word: string): ReadonlySet<string> {
  const base = irregular[word] ?? word;
  const cut = endings.flatMap((ending) => (base.endsWith(ending) ? [base.slice(0, -ending.length)] : []));
  const whole = cut.flatMap((root) => [root, `${root}e`, root.replace(/i$/, 'y'), root.replace(/(.)\1$/, '$1')]);
  const all = [base, ...whole, ...[base, ...cut].map((root) => root.replace(/er$/, 'r'))];
  return new Set(all.filter(({ length }) => length >= shortest));
}

/** Two words of one root: "enrolled" and "enrollment". */
export function isSameRoot(a: string, b: string): boolean {
  const roots = rootsOf(b);
  return [...rootsOf(a)].some((root) => roots.has(root) && (root.length > shortest || isShortRoot(a, b)));
}

/** "owned" and "owner" share three letters, as "rated" and "rat" do by chance. */
const isShortRoot = (a: string, b: string): boolean => [a, b].every((word) => /(?:ed|ing|ers?|ors?|e?s)$/.test(word));

/** The noun that an event is stored under when its verb has another root; undefined otherwise. */
export const nounOfVerb = (verb: string): string | undefined =>
  [...rootsOf(verb)].flatMap((root) => nouns[root] ?? [])[0];

/**
 * Whether a word names who does something: "teacher" for "teach", "visitor" for "visit". "Order" does not name a person
 * who does "ord".
 */
export function namesDoer(word: string, verb: string): boolean {
  const doer = /^(.{3,})(?:er|or|ant|ee|ist)s?$/.exec(word)?.[1];
  const roots = rootsOf(verb);
  return doer !== undefined && !roots.has(word.replace(/s$/, '')) && (roots.has(doer) || roots.has(`${doer}e`));
}

/** Whether a word may be a verb form, judging by its ending: "accountants" and "payments" may not. */
export const mayBeVerb = (word: string): boolean =>
  word in irregular ||
  (/^[a-z]{3,}$/.test(word) && !/(?:er|or|ant|ent|ist|ee|ion|ity|ness|ance|ence|ly)s?$/.test(word));
