import { stem } from '../../language/tokens.ts';

/** Names that databases and people use for the same thing. Of each row, one name is in a schema and another in a question. */
const groups: readonly (readonly string[])[] = [
  ['country', 'nation'],
  ['nationality', 'citizenship'],
  ['sex', 'gender'],
  ['person', 'human'],
  ['employee', 'staff member', 'worker'],
  ['teacher', 'instructor'],
  ['student', 'pupil'],
  ['movie', 'film'],
  ['company', 'firm'],
  ['age', 'how old'],
  ['maker', 'manufacturer', 'producer'],
  ['wage', 'salary', 'pay'],
  ['town', 'city'],
  ['phone', 'telephone', 'phone number', 'telephone number'],
  ['cell phone', 'cell number', 'mobile phone', 'mobile number', 'cell phone number'],
  ['email', 'email address', 'mail address', 'e mail'],
  ['zip code', 'zip', 'postal code', 'postcode'],
  ['last name', 'surname', 'family name', 'lname'],
  ['first name', 'given name', 'forename', 'fname'],
  ['birthday', 'birth date', 'date of birth', 'birthdate'],
  ['car', 'automobile'],
  ['picture', 'image', 'photo'],
  ['quantity', 'amount'],
  ['id', 'identifier', 'identification number'],
  ['song', 'track'],
  ['mpg', 'miles per gallon'],
  ['gdp', 'gross domestic product'],
  ['gnp', 'gross national product'],
  ['life expectancy', 'expected life expectancy'],
  ['written by', 'writer', 'author'],
  ['directed by', 'director'],
  ['opening year', 'open year', 'year opened', 'year of opening'],
  ['independence year', 'indep year', 'year of independence'],
  ['arrival date', 'date arrived', 'arriving date'],
  ['departure date', 'date departed', 'departing date'],
  ['sale date', 'date sold'],
  ['adoption date', 'date adopted'],
];

const key = (phrase: string): string => phrase.split(' ').map(stem).join(' ');
const others: ReadonlyMap<string, readonly string[]> = new Map(
  groups.flatMap((group) => group.map((name) => [key(name), group.filter((other) => other !== name)] as const)),
);

/** Other words for a name, of the whole of it or of its last words. */
export function commonNames(phrase: string): readonly string[] {
  const words = phrase.split(' ');
  return words.flatMap((_, from) => {
    const before = words.slice(0, from);
    return (others.get(key(words.slice(from).join(' '))) ?? []).map((other) => [...before, other].join(' '));
  });
}
