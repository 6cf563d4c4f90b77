import type { Catalogue } from '../data/catalogue.ts';
import type { DateReader } from '../language/dates.ts';
import { createMeasures, type Measures } from '../measures/create-measures.ts';
import { labelQueries, labelValues, type ValueQuery } from '../measures/model/label-values.ts';
import type { OssieModel } from '../measures/model/ossie.ts';
import type { DataSource } from '../sql/data-source.ts';
import type { SqlPolicy } from '../sql/policy.ts';
import { readPlainly } from './read-plainly.ts';

/** What the measured answers of a source are opened with. */
export type OpenMeasures = {
  readonly model: OssieModel;
  readonly catalogue: Catalogue;
  readonly data: DataSource;
  readonly policy: SqlPolicy;
  readonly dates: DateReader;
  /** See `MeasuresOptions`. */
  readonly defaultPeriod?: string | undefined;
};

/**
 * Opens the measured answers of a source. Names that the guard or a time limit keeps from being read are left out
 * without an error.
 */
export async function openMeasures(options: OpenMeasures, signal: AbortSignal): Promise<Measures> {
  const { model, catalogue, data, policy, dates, defaultPeriod } = options;
  const rowsOf = async (query: ValueQuery) => {
    const read = await readPlainly(query.sql, { ...data, policy }, query.maxRows + 1, signal);
    return read === undefined ? [] : [{ query, rows: read.rows }];
  };
  const read = await Promise.all(labelQueries(model, catalogue).map(rowsOf));
  const { dialect } = data.database;
  const values = labelValues(read.flat());
  return createMeasures({
    model,
    catalogue,
    values,
    today: data.today,
    dates,
    dialect,
    ...(defaultPeriod === undefined ? {} : { defaultPeriod }),
  });
}
