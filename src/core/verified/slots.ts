import type { Parameter } from './verified-query.ts';

/** The place of a parameter among the meanings of a text, e.g. `{value:city}`. */
export type Slot = `{${Parameter['type']}:${string}}`;

/** Writes a slot. */
export const slot = (type: Parameter['type'], name: string): Slot => `{${type}:${name}}`;

/** Whether an element is a slot rather than a word. */
export const isSlot = (element: string): element is Slot => element.startsWith('{') && element.includes(':');

/** The type of the parameter in a slot. */
export const slotType = (element: Slot): string => element.slice(1, element.indexOf(':'));

/** The name of the parameter in a slot. */
export const slotName = (element: Slot): string => element.slice(element.indexOf(':') + 1, -1);
