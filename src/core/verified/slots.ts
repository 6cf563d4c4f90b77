import type { Parameter } from './verified-query.ts';

/** A parameter's place among the meanings of a text, e.g. `{value:city}`. */
export type Slot = `{${Parameter['type']}:${string}}`;

export const slot = (type: Parameter['type'], name: string): Slot => `{${type}:${name}}`;

export const isSlot = (element: string): element is Slot => element.startsWith('{') && element.includes(':');

export const slotType = (element: Slot): string => element.slice(1, element.indexOf(':'));

export const slotName = (element: Slot): string => element.slice(element.indexOf(':') + 1, -1);
