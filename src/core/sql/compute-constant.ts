const operations: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '**': (a, b) => a ** b,
  '<<': (a, b) => a * 2 ** b,
};

/** The result of an operator on two constants; undefined when one is missing or the operator is not known. */
export function computeConstant(operator: string, a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : operations[operator]?.(a, b);
}

/** The number that a text holds, as engines cast it. */
export function numberIn(text: string | undefined): number | undefined {
  const number = Number(text ?? Number.NaN);
  return Number.isNaN(number) ? undefined : number;
}
