/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;

/** Days from `start` (inclusive) to `end` (exclusive). */
export type Span = { readonly start: Day; readonly end: Day };

/** A day or a month that a text names, as the reader of dates found it. */
export type DatePoint = {
  /** Offset of the first character in the text. */
  readonly index: number;
  /** Characters. */
  readonly length: number;
  readonly precision: 'day' | 'month';
  readonly year: number;
  /** The text names the year; otherwise `year` is the reader's guess. */
  readonly yearGiven: boolean;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31; 1 when the precision is a month. */
  readonly day: number;
  /** The text names the day of the week only: which week is the reader's guess. */
  readonly isWeekday: boolean;
};

/**
 * Finds days and months in a text, in English and Chinese. This folder, not the reader, decides which span of days a
 * question means.
 */
export interface DateReader {
  /** In the order of the text, not overlapping. Words without a date in them give none. Never throws. */
  read(text: string, today: Day): readonly DatePoint[];
}
