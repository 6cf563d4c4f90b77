import { at, closingTime, dayMs, days, demandOn, hourMs, onlineHours } from './calendar.ts';
import type { Random } from './random.ts';

export const marketingChannels = ['direct', 'organic search', 'paid search', 'social', 'email', 'referral'] as const;
export type MarketingChannel = (typeof marketingChannels)[number];
export type Segment = 'consumer' | 'business' | 'hospitality';

export type Customer = {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly city: string | null;
  readonly country: string;
  readonly segment: Segment;
  readonly marketingChannel: MarketingChannel;
  readonly createdAt: number;
  /** How readily the customer orders again, from 0 (never) to 1. */
  readonly loyalty: number;
};

type People = 'european' | 'chinese';

/** Cities with the share of customers that live there. */
const cities: readonly (readonly [readonly [city: string, country: string, people: People], number])[] = [
  [['Berlin', 'Germany', 'european'], 150],
  [['Hamburg', 'Germany', 'european'], 90],
  [['Munich', 'Germany', 'european'], 95],
  [['Cologne', 'Germany', 'european'], 50],
  [['Frankfurt', 'Germany', 'european'], 45],
  [['Leipzig', 'Germany', 'european'], 28],
  [['Stuttgart', 'Germany', 'european'], 34],
  [['Paris', 'France', 'european'], 75],
  [['Lyon', 'France', 'european'], 28],
  [['Marseille', 'France', 'european'], 18],
  [['London', 'United Kingdom', 'european'], 80],
  [['Manchester', 'United Kingdom', 'european'], 26],
  [['Edinburgh', 'United Kingdom', 'european'], 16],
  [['Amsterdam', 'Netherlands', 'european'], 46],
  [['Rotterdam', 'Netherlands', 'european'], 20],
  [['Vienna', 'Austria', 'european'], 44],
  [['Graz', 'Austria', 'european'], 12],
  [['Zurich', 'Switzerland', 'european'], 34],
  [['Madrid', 'Spain', 'european'], 24],
  [['Barcelona', 'Spain', 'european'], 22],
  [['Milan', 'Italy', 'european'], 26],
  [['Rome', 'Italy', 'european'], 16],
  [['Stockholm', 'Sweden', 'european'], 22],
  [['Copenhagen', 'Denmark', 'european'], 20],
  [['Warsaw', 'Poland', 'european'], 18],
  [['Shanghai', 'China', 'chinese'], 30],
  [['Beijing', 'China', 'chinese'], 18],
  [['Shenzhen', 'China', 'chinese'], 12],
  [['Hangzhou', 'China', 'chinese'], 10],
];

const givenNames =
  'Anna Ben Clara David Emma Felix Greta Hugo Ida Jonas Katja Leon Mia Noah Olivia Paul Rosa Simon Thea Victor Louise Antoine Camille Julien Sophie Oliver Grace Harry Isla Jack Lotte Daan Sanne Lucia Mateo Giulia Marco Astrid Lars Freja Magnus Zofia Jakub Nina Elias Marie Karl Lena Tom Yara'.split(
    ' ',
  );
const familyNames =
  'Schmidt Weber Becker Hoffmann Koch Richter Wolf Neumann Braun Zimmermann Krause Lehmann Martin Bernard Dubois Moreau Laurent Lefevre Smith Taylor Walker Hughes Bennett Clarke Jansen Bakker Visser Gruber Steiner Huber Keller Garcia Lopez Rossi Ferrari Conti Lindberg Nilsson Hansen Nielsen Kowalski Nowak Vogel Sommer Winter Berger Frank Haas Jung Roth'.split(
    ' ',
  );
/** Chinese names with the spelling used in e-mail addresses. */
const chineseFamilyNames = [
  ['王', 'wang'],
  ['李', 'li'],
  ['张', 'zhang'],
  ['刘', 'liu'],
  ['陈', 'chen'],
  ['杨', 'yang'],
  ['赵', 'zhao'],
  ['黄', 'huang'],
  ['周', 'zhou'],
  ['林', 'lin'],
] as const;
const chineseGivenNames = [
  ['伟', 'wei'],
  ['娜', 'na'],
  ['芳', 'fang'],
  ['强', 'qiang'],
  ['静', 'jing'],
  ['磊', 'lei'],
  ['洋', 'yang'],
  ['秀英', 'xiuying'],
  ['子轩', 'zixuan'],
  ['雨欣', 'yuxin'],
  ['浩然', 'haoran'],
  ['思远', 'siyuan'],
  ['梓涵', 'zihan'],
  ['建国', 'jianguo'],
] as const;

const mailHosts = ['post.example', 'mail.example', 'inbox.example'];
const channelShares: Readonly<Record<MarketingChannel, number>> = {
  direct: 22,
  'organic search': 27,
  'paid search': 18,
  social: 16,
  email: 7,
  referral: 10,
};
const segmentShares: Readonly<Record<Segment, number>> = { consumer: 86, business: 10, hospitality: 4 };

/** Customers from before the first order of the data, who came with the old shop system. */
const earlierCustomers = 1_100;
const laterCustomers = 4_900;
/** Customers (by place, oldest first) who registered again with their e-mail address in capitals. */
const registeredTwice = [412, 1_733, 3_050];

function name(random: Random, people: People): readonly [name: string, mailName: string] {
  if (people === 'chinese' && random.chance(0.8)) {
    const [family, familyMail] = random.pick(chineseFamilyNames);
    const [given, givenMail] = random.pick(chineseGivenNames);
    return [family + given, `${givenMail}.${familyMail}`];
  }
  const [given, family] = [random.pick(givenNames), random.pick(familyNames)];
  return [`${given} ${family}`, `${given}.${family}`.toLowerCase()];
}

/** Opening times of the accounts, oldest first; new ones follow the demand. */
function openingTimes(random: Random): readonly number[] {
  const start = days[0] ?? 0;
  const byDay = days.map((day) => [day, demandOn(day) ** 0.7] as const);
  const before = Array.from({ length: earlierCustomers }, () => start - random.integer(1, 600) * dayMs);
  const after = Array.from({ length: laterCustomers }, () => random.weighted(byDay));
  return [...before, ...after]
    .map((day) => day + random.weighted(onlineHours) * hourMs + random.integer(0, 3_599) * 1_000)
    .map((time) => Math.min(time, closingTime))
    .sort((a, b) => a - b);
}

/** Addresses as people type them: now and then none, or one with blanks behind it. */
const asTyped = (random: Random, city: string): string | null => {
  if (random.chance(0.025)) return null;
  return random.chance(0.006) ? `${city}  ` : city;
};

/** About 6,000 customers, ordered by the time they joined. */
export function createCustomers(random: Random): readonly Customer[] {
  const customers = openingTimes(random).map((createdAt, index): Customer => {
    const [city, country, people] = random.weighted(cities);
    const [fullName, mailName] = name(random, people);
    return {
      id: index + 1,
      name: fullName,
      email: `${mailName}.${index + 1}@${random.pick(mailHosts)}`,
      city: asTyped(random, city),
      country,
      segment: random.word(segmentShares),
      marketingChannel: random.word(channelShares),
      createdAt,
      loyalty: random.chance(0.08) ? 0 : random.next() ** 2.5,
    };
  });
  const again = registeredTwice.flatMap((place, index): Customer[] => {
    const first = customers[place];
    if (first === undefined) return [];
    const createdAt = at('2026-08-03') + index * 9 * dayMs + 11 * hourMs;
    return [{ ...first, id: customers.length + index + 1, email: first.email.toUpperCase(), createdAt, loyalty: 0 }];
  });
  return [...customers, ...again];
}
