/** A distance to the end that counts as being there, in pixels. */
const near = 48;
/**
 * A message above the newest stays in sight when it takes at most this share of the pane, so that question and answer
 * are seen together.
 */
const lead = 0.25;

/**
 * `end`: the list stays at its end while it grows. `beginning`: the newest message is too tall and is read from its
 * first line. `free`: the person has scrolled, so nothing moves.
 */
type Mode = 'end' | 'beginning' | 'free';

/** Decides how a list of messages scrolls. Messages are the elements with `data-ts`. */
export type ScrollFollower = {
  /** Call it when the list or its pane changed its size. */
  onResize(): void;
  /** Call it after each scroll, by a person or a script. */
  onScroll(): void;
  /** The person wrote something, so the end is shown. */
  follow(): void;
  /** Call it for a click in the list: what a button brings is then shown when it arrives. */
  onClick(target: EventTarget | null): void;
  /** The end is in sight. */
  isAtEnd(): boolean;
  /** Whether the newest message was shown, to its end or from its beginning. */
  isSeen(): boolean;
};

/** Follows `pane` from the given mode on. */
export function createScrollFollower(pane: HTMLElement, start: Mode): ScrollFollower {
  let mode = start;
  let lastTop = pane.scrollTop;
  /** The message whose beginning was shown, or in which the person clicked. The list does not return to it. */
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
    onResize() {
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
    onScroll() {
      if (pane.scrollTop === lastTop) return;
      // A list that has just grown is not at its end either, although nobody scrolled.
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
    onClick(target) {
      if (!(target instanceof Element)) return;
      if (target.closest('.message__body .button')) clickedAt = newest();
      if (mode === 'end' && target.closest('[data-ts]') === newest()) begun = newest();
    },
    isAtEnd,
    isSeen: () => isAtEnd() || (mode === 'beginning' && newest() === begun),
  };
}

const endOf = (pane: HTMLElement): number => pane.scrollHeight - pane.clientHeight;

/**
 * Where the newest message begins, including a short one above it; undefined when all of it is visible from the list's
 * end.
 */
function beginningOf(pane: HTMLElement): number | undefined {
  const messages = [...pane.querySelectorAll<HTMLElement>('[data-ts]')];
  const [message, before] = [messages.at(-1), messages.at(-2)];
  if (!message || topOf(message, pane) >= endOf(pane)) return undefined;
  const isShort = before !== undefined && before.offsetHeight <= pane.clientHeight * lead;
  return Math.min(topOf(isShort ? before : message, pane), endOf(pane));
}

const topOf = (message: HTMLElement, pane: HTMLElement): number =>
  message.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
