/** So near to the end counts as being there, in pixels. */
const near = 48;
/** A message above the newest one that is at most this part of the pane stays in sight: a question and its answer. */
const lead = 0.25;

/**
 * `end`: the list stays at its end while it grows. `beginning`: its newest message is too tall for that and is read from
 * its first line. `free`: the person has scrolled, nothing moves.
 */
type Mode = 'end' | 'beginning' | 'free';

/** Where a scrolling list of messages stands, and what moves it. Messages are the elements with `data-ts`. */
export type ScrollFollower = {
  /** The list or its pane changed its size. */
  settle(): void;
  /** The pane was scrolled, by whomever. */
  scrolled(): void;
  /** The person wrote something: the end is shown. */
  follow(): void;
  /** A click in the list. What comes of a button is shown when it comes. */
  clicked(target: EventTarget | null): void;
  /** The end is in sight. */
  isAtEnd(): boolean;
  /** The newest message has been brought into sight, to its end or to its beginning. */
  isSeen(): boolean;
};

export function createScrollFollower(pane: HTMLElement, start: Mode): ScrollFollower {
  let mode = start;
  let lastTop = pane.scrollTop;
  /** Its beginning has been shown already, or the person does something in it: it is not turned back to. */
  let begun: Element | undefined;
  /** The newest message when a button was clicked. */
  let clickedAt: Element | undefined;

  const newest = (): Element | undefined => [...pane.querySelectorAll('[data-ts]')].at(-1);
  const isAtEnd = (): boolean => endOf(pane) - pane.scrollTop < near;
  const place = (top: number): void => {
    pane.scrollTop = top;
    lastTop = pane.scrollTop;
  };

  return {
    settle() {
      const message = newest();
      if (clickedAt && message !== clickedAt) {
        mode = 'end';
        clickedAt = undefined;
      }
      if (mode === 'beginning' && message !== begun) mode = 'free';
      if (mode === 'free') return;
      const beginning = mode === 'end' && message === begun ? undefined : beginningOf(pane);
      if (beginning === undefined) return place(pane.scrollHeight);
      mode = 'beginning';
      begun = message;
      place(beginning);
    },
    scrolled() {
      if (pane.scrollTop === lastTop) return;
      // A list that has just grown is not at its end either, but nobody has left it.
      const isUp = pane.scrollTop < lastTop;
      lastTop = pane.scrollTop;
      clickedAt = undefined;
      if (isAtEnd()) {
        mode = 'end';
        begun = newest();
      } else if (isUp || mode === 'beginning') mode = 'free';
    },
    follow() {
      mode = 'end';
      place(pane.scrollHeight);
    },
    clicked(target) {
      if (!(target instanceof Element)) return;
      if (target.closest('.message__body .button')) clickedAt = newest();
      if (mode === 'end' && target.closest('[data-ts]') === newest()) begun = newest();
    },
    isAtEnd,
    isSeen: () => isAtEnd() || (mode === 'beginning' && newest() === begun),
  };
}

const endOf = (pane: HTMLElement): number => pane.scrollHeight - pane.clientHeight;

/** Where the newest message begins, with a short one above it; undefined when all of it is seen from the list's end. */
function beginningOf(pane: HTMLElement): number | undefined {
  const messages = [...pane.querySelectorAll<HTMLElement>('[data-ts]')];
  const [message, before] = [messages.at(-1), messages.at(-2)];
  if (!message || topOf(message, pane) >= endOf(pane)) return undefined;
  const isShort = before !== undefined && before.offsetHeight <= pane.clientHeight * lead;
  return Math.min(topOf(isShort ? before : message, pane), endOf(pane));
}

const topOf = (message: HTMLElement, pane: HTMLElement): number =>
  message.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
