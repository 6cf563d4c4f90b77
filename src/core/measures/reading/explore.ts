/** Something that a question leaves open, with what each choice costs. */
export type Choice<T> = { readonly value: T; readonly cost: number };

/** Picks one of the choices; the others are tried in later runs. No choice ends the run. */
export type Choose = <T>(choices: readonly Choice<T>[]) => T;

/** Thrown to give up one way of reading. Never leaves `explore`. */
export class Unreadable extends Error {}

export function unreadable(): never {
  throw new Unreadable();
}

/** Dearer choices are not tried: a nearer meaning was there. */
const farthest = 1.2;

/** Runs `run` once for each combination of its choices, at most `limit` times. Runs that give up leave nothing. */
export function explore<T>(run: (choose: Choose) => T, limit: number): readonly Choice<T>[] {
  const pending: (readonly number[])[] = [[]];
  const found: Choice<T>[] = [];
  for (let runs = 0; runs < limit; runs++) {
    const path = pending.shift();
    if (path === undefined) break;
    const taken: number[] = [];
    let cost = 0;
    const choose: Choose = (choices) => {
      const open = choices.filter((choice) => choice.cost <= farthest);
      const step = taken.length;
      const picked = path[step] ?? 0;
      if (step >= path.length) for (let other = 1; other < open.length; other++) pending.push([...taken, other]);
      const choice = open[picked] ?? unreadable();
      taken.push(picked);
      cost += choice.cost;
      return choice.value;
    };
    try {
      const value = run(choose);
      found.push({ value, cost });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
    }
  }
  return found;
}
