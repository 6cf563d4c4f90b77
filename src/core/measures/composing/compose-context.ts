import type { Day } from '../../language/dates.ts';
import type { Model } from '../model/model.ts';
import type { SqlDialect } from './sql-dialect.ts';

export type ComposeContext = { readonly model: Model; readonly dialect: SqlDialect; readonly today: Day };
