import { grown } from '../vectors/postings.ts';
import { nameParts } from './asked-about.ts';
import { type SelfReference, selfReferenceOf } from './self-reference.ts';

/** Who said the passages of an index, and how they told it. */
export type Speakers = {
  /** Parts of names, in lower case, to the numbers of those who are called so. */
  readonly parts: Map<string, Set<number>>;
  /** Numbers by name, from 1. */
  readonly numbers: Map<string, number>;
  /** For each slot the number of who said it; 0 when that is not known. */
  of: Int32Array;
  /** For each slot, one after the other: how much it tells of oneself, how much of it asks. */
  tellings: Float32Array;
};

export const createSpeakers = (): Speakers => ({
  parts: new Map(),
  numbers: new Map(),
  of: new Int32Array(0),
  tellings: new Float32Array(0),
});

export function addSpeaker(speakers: Speakers, slot: number, name: string, text: string): void {
  if (slot >= speakers.of.length) speakers.of = grown(speakers.of, slot);
  if (2 * slot + 1 >= speakers.tellings.length) speakers.tellings = grown(speakers.tellings, 2 * slot + 1);
  const { ofOneself, asks } = selfReferenceOf(text);
  speakers.of[slot] = numberOf(speakers, name);
  speakers.tellings[2 * slot] = ofOneself;
  speakers.tellings[2 * slot + 1] = asks;
}

function numberOf({ parts, numbers }: Speakers, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  const number = numbers.size + 1;
  numbers.set(name, number);
  for (const part of nameParts(name)) parts.set(part, (parts.get(part) ?? new Set()).add(number));
  return number;
}

/** The numbers of those who are called by one of these parts of names. */
export const calledBy = ({ parts }: Speakers, names: ReadonlySet<string>): ReadonlySet<number> =>
  new Set([...names].flatMap((part) => [...(parts.get(part) ?? [])]));

/** How it is told; all 0 for what nobody is known to have said. */
export const tellingAt = ({ tellings }: Speakers, slot: number): SelfReference => ({
  ofOneself: tellings[2 * slot] ?? 0,
  asks: tellings[2 * slot + 1] ?? 0,
});
