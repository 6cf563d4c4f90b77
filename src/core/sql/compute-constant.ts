const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '**': (a, b) => a ** b,
  '<<': (a, b) => a * 2 ** b,
};

/** What an operator makes of two constants; undefined where one is none, or the operator is another. */
export function computeConstant(operator: string, a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : operations[operator]?.(a, b);
}

/** The number that a text is, as engines cast it. */
export function numberIn(text: string | undefined): number | undefined {
  const number = Number(text ?? Number.NaN);
  return Number.isNaN(number) ? undefined : number;
}
