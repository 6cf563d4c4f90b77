import { grown } from '../vectors/postings.ts';
import { nameParts } from './asked-about.ts';
import { type SelfReference, selfReferenceOf } from './self-reference.ts';

/** Who said the passages of an index, and how much each is about its speaker. */
export type Speakers = {
  /** Numbers of the speakers who have this part in their name; keys in lower case. */
  readonly parts: Map<string, Set<number>>;
  /** The number of each speaker, from 1, by name. */
  readonly numbers: Map<string, number>;
  /** For each slot, the number of its speaker; 0 when unknown. */
  of: Int32Array;
  /** Two values per slot: `ofOneself` and `asks` of `SelfReference`. */
  selfReferences: Float32Array;
};

/** Creates an empty record of speakers. */
export const createSpeakers = (): Speakers => ({
  parts: new Map(),
  numbers: new Map(),
  of: new Int32Array(0),
  selfReferences: new Float32Array(0),
});

/** Records the speaker of a slot, and how much the text is about them. */
export function addSpeaker(speakers: Speakers, slot: number, name: string, text: string): void {
  if (slot >= speakers.of.length) speakers.of = grown(speakers.of, slot);
  if (2 * slot + 1 >= speakers.selfReferences.length)
    speakers.selfReferences = grown(speakers.selfReferences, 2 * slot + 1);
  const { ofOneself, asks } = selfReferenceOf(text);
  speakers.of[slot] = numberOf(speakers, name);
  speakers.selfReferences[2 * slot] = ofOneself;
  speakers.selfReferences[2 * slot + 1] = asks;
}

function numberOf({ parts, numbers }: Speakers, name: string): number {
  const known = numbers.get(name);
  if (known !== undefined) return known;
  const number = numbers.size + 1;
  numbers.set(name, number);
  for (const part of nameParts(name)) parts.set(part, (parts.get(part) ?? new Set()).add(number));
  return number;
}

/** The numbers of the speakers whose names contain one of these parts. */
export const calledBy = ({ parts }: Speakers, names: ReadonlySet<string>): ReadonlySet<number> =>
  new Set([...names].flatMap((part) => [...(parts.get(part) ?? [])]));

/** How much a slot is about its speaker; all 0 when the speaker is unknown. */
export const selfReferenceAt = ({ selfReferences }: Speakers, slot: number): SelfReference => ({
  ofOneself: selfReferences[2 * slot] ?? 0,
  asks: selfReferences[2 * slot + 1] ?? 0,
});
