import { describe, expect, it } from '@jest/globals';
import { readVariables } from '../src/config/read-variables.ts';
import type { Config } from '../src/config.ts';

describe('variables', () => {
  it('have the types of their schemas: `npm run typecheck` fails when one of these lines compiles', () => {
    const { get } = readVariables({});
    type Part = Partial<Config['http'] & Config['budget'] & { readonly caching: boolean }>;
    const mistakes: readonly Part[] = [
      // @ts-expect-error an address is no port
      { port: get('HOST') },
      // @ts-expect-error a port is no address
      { host: get('PORT') },
      // @ts-expect-error a number is no flag
      { caching: get('MAX_ROWS') },
      // @ts-expect-error a price without a default may be unset
      { dailyMicroUsd: get('MEMORI_COST_PER_1K_INPUT_TOKENS') },
      // @ts-expect-error there is no such variable
      { port: get('PROT') },
    ];
    expect(mistakes).toHaveLength(5);
  });

  it('are what their schemas make of them, or their defaults', () => {
    const { get, problems } = readVariables({ PORT: ' 8080 ', MEMORI_ENABLE_CACHING: 'off', HOST: '  ' });
    const port: number = get('PORT');
    const caching: boolean = get('MEMORI_ENABLE_CACHING');
    const provider: 'claude' | 'openai' | undefined = get('MEMORI_MODEL_PROVIDER');
    expect([port, caching, provider, get('HOST'), problems]).toEqual([8080, false, undefined, '127.0.0.1', []]);
  });

  it('that are mistaken are a problem and have their defaults, so that what reads them meets no undefined', () => {
    const { get, problems } = readVariables({
      PORT: 'x',
      MEMORI_DAILY_COST_LIMIT_USD: '-1',
      MEMORI_MODEL_PROVIDER: 'abacus',
    });
    expect([get('PORT'), get('MEMORI_DAILY_COST_LIMIT_USD'), get('MEMORI_MODEL_PROVIDER')]).toEqual([
      3000,
      50,
      undefined,
    ]);
    expect(problems).toHaveLength(3);
  });
});
