import type { Locale } from '../../base/namespace.ts';
import { add, allTime } from '../../language/calendar.ts';
import type { Day, Span } from '../../language/dates.ts';
import { dayText, periodText } from '../../language/period-text.ts';
import { stem } from '../../language/tokens.ts';
import { grainWords, noise } from '../lexicon/words.ts';
import { isThing, takesPart } from '../model/events.ts';
import type { Field, Model } from '../model/model.ts';
import { labelIn } from '../model/names.ts';
import type { Comparator, Dimension, Filter, Key, Measure, Reading, Value } from '../reading/reading.ts';
import { measuredDatasets } from '../reading/term-keys.ts';

/**
 * A reading in one line, which reads the same way when it is asked: the explanation of an answer, and what its chips
 * ask. Days that depend on today ("last month") are written out.
 */
export function describeReading(reading: Reading, model: Model, locale: Locale): string {
  const say = createPhrases(
    model,
    locale,
    reading.metrics.length === 0 ? reading.root : undefined,
    countsEvents(reading, model),
  );
  const said = locale === 'zh' ? chineseParts(reading, say) : englishParts(reading, say);
  const parts = isOfAllTime(reading, model) ? [...said, locale === 'zh' ? '全部时间' : 'of all time'] : said;
  const text = parts.filter((part) => part !== '').join(locale === 'zh' ? '，' : ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Figures of a period by default stand beside those of all time: which it is has to be said. */
function isOfAllTime({ metrics, dimensions, filters, time }: Reading, model: Model): boolean {
  if (filters.some((one) => one.kind === 'exists' && one.span !== undefined)) return false;
  if (time?.span !== undefined || dimensions.some(({ kind }) => kind === 'grain')) return false;
  const named = metrics.flatMap((one) => (one.kind === 'metric' ? (model.metrics.get(one.metric) ?? []) : []));
  const dated = named.filter(
    ({ isCurrent, components, timeField }) =>
      !isCurrent && (timeField !== undefined || !components.some(({ dataset }) => takesPart(model, dataset))),
  );
  return dated.some(
    ({ timeField, components }) =>
      timeField !== undefined || components.some(({ dataset }) => model.datasets.get(dataset)?.time !== undefined),
  );
}

type Phrases = ReturnType<typeof createPhrases>;

/** Then a period behind "with any refunds" has to say that it is the refunds'. */
function countsEvents(reading: Reading, model: Model): boolean {
  const counted = reading.metrics.length === 0 ? [reading.root ?? ''] : measuredDatasets(model, reading.metrics);
  return counted.every((name) => {
    const found = model.datasets.get(name);
    return found !== undefined && !isThing(found);
  });
}

function createPhrases(model: Model, locale: Locale, root: string | undefined, namesDates: boolean) {
  const zh = locale === 'zh';
  const label = (phrases: readonly string[] | undefined): string => labelIn(locale, phrases ?? []);
  const fieldOf = (id: string): Field | undefined => model.fields.get(id);
  const entity = (name: string): string => label(model.datasets.get(name)?.phrases);
  const list = (parts: readonly string[]): string =>
    zh ? parts.join('和') : parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  const aggregates = zh
    ? { avg: '平均', sum: '总', min: '最小', max: '最大' }
    : { avg: 'average', sum: 'total', min: 'minimum', max: 'maximum' };

  /** A field with its dataset where others share its name. */
  function field(id: string): string {
    const found = fieldOf(id);
    if (found === undefined) return id;
    const name = label(found.phrases);
    const dataset = model.datasets.get(found.dataset);
    if (!zh && found.dataset === root) return label(found.phrases);
    if (dataset?.label === found && !dataset.hidden) return entity(found.dataset);
    const isShared =
      root !== undefined &&
      [...model.fields.values()].some((other) => other !== found && !other.hidden && other.phrases.includes(name));
    return isShared ? (zh ? `${entity(found.dataset)}${name}` : `${entity(found.dataset)} ${name}`) : name;
  }
  function measure(one: Measure): string {
    switch (one.kind) {
      case 'metric':
        return label(model.metrics.get(one.metric)?.phrases);
      case 'count':
        return zh ? `${entity(one.dataset)}数量` : `number of ${entity(one.dataset)}`;
      case 'distinct':
        return zh ? `多少个${field(one.field)}` : `number of different ${field(one.field)}`;
      case 'aggregate':
        return `${aggregates[one.fn]}${zh ? '' : ' '}${field(one.field)}`;
      case 'ratio': {
        const per = 'dataset' in one.per ? entity(one.per.dataset) : measure({ kind: 'metric', ...one.per });
        return zh ? `每个${per}的平均${measure(one.of)}` : `average ${measure(one.of)} per ${stem(per)}`;
      }
    }
  }
  function dimension(one: Dimension): string {
    if (one.kind === 'grain') return zh ? (grainWords[one.grain].names.at(-1) ?? '') : one.grain;
    if (one.kind === 'field') return field(one.field);
    return one.fields ? list(one.fields.map(field)) : entity(one.dataset);
  }
  const key = (one: Key): string =>
    one.kind === 'field' || one.kind === 'entity' || one.kind === 'grain' ? dimension(one) : measure(one);
  const dateOf = (one: Extract<Filter, { kind: 'exists' }>): string => {
    const date = namesDates && !one.negated ? model.datasets.get(one.dataset)?.time : undefined;
    return date === undefined ? '' : field(date.id);
  };
  return { zh, list, field, entity, measure, dimension, key, dateOf, locale };
}

/** In quotes where the bare words would be taken for others, and where they are too short to be taken for anything. */
const written = (value: Value): string =>
  typeof value === 'string' &&
  (!/^(?:[\p{L}\p{N} ]{2,}|\p{Script=Han})$/u.test(value) || noise.includes(value.toLowerCase()))
    ? `"${value}"`
    : String(value);

const signs: Readonly<Record<Comparator, string>> = {
  '>': '>',
  '>=': '>=',
  '<': '<',
  '<=': '<=',
  '=': '=',
  '<>': 'not =',
};

function englishFilter(filter: Filter, say: Phrases): string {
  switch (filter.kind) {
    case 'values':
      return `${filter.negated ? 'except' : 'for'} ${say.field(filter.field)} ${filter.values.map(written).join(' or ')}`;
    case 'compare':
      return `with ${say.field(filter.field)} ${signs[filter.op]} ${filter.value}`;
    case 'compareToAverage':
      return `with ${say.field(filter.field)} ${signs[filter.op]} average${filter.of ? ` ${say.field(filter.of.field)} ${filter.of.values.map(written).join(' or ')}` : ''}`;
    case 'unknown':
      return `${filter.negated ? 'with' : 'not yet'} ${say.field(filter.field)}`;
    case 'role':
      return `${filter.negated ? 'except' : 'for'} ${say.field(filter.field)} ${filter.values.map(written).join(' or ')}`;
    case 'extreme':
      return `of the ${say.entity(datasetNameOf(filter.field))} with the ${filter.high ? 'highest' : 'lowest'} ${say.field(filter.field)}`;
    case 'like':
      return `with ${say.field(filter.field)} ${{ start: 'starting with', end: 'ending with', anywhere: 'containing' }[filter.at]} "${filter.text}"`;
    case 'exists':
      return [
        filter.negated ? 'without' : 'with any',
        say.entity(filter.dataset),
        ...filter.where.map((one) => englishFilter(one, say)),
        ...(filter.span ? [`${say.dateOf(filter)} ${periodPart(filter.span, say)}`.trim()] : []),
      ].join(' ');
    case 'having':
      return `with ${say.measure(filter.measure)} ${signs[filter.op]} ${filter.value}`;
  }
}

/** Field ids are `dataset.name`. */
const datasetNameOf = (field: string): string => field.slice(0, field.indexOf('.'));

const dayBefore = (day: Day): Day => add(day, -1, 'day');

/** A span as people write it, and as the reader of periods reads it back. */
function periodPart(span: Span, { zh, locale }: Phrases): string {
  if (span.start === allTime.start || span.end === allTime.end) return periodText(span, locale);
  const text = periodText(span, locale);
  const isDay = add(span.start, 1, 'day') === span.end;
  if (!/[–至]/u.test(text)) return zh ? text : `${isDay ? 'on' : 'in'} ${text}`;
  return zh
    ? `从${dayText(span.start, locale)}到${dayText(dayBefore(span.end), locale)}`
    : `from ${dayText(span.start, locale)} to ${dayText(dayBefore(span.end), locale)}`;
}

/** "products with price > 100" would be a list of them. */
const countsRows = ({ metrics, dimensions, filters }: Reading): boolean =>
  metrics.length === 1 &&
  metrics[0]?.kind === 'metric' &&
  dimensions.length === 0 &&
  filters.some(({ kind }) => kind === 'compare' || kind === 'like' || kind === 'exists');

/** "created at month": by which date, where it is not the usual one. "release year" says both. */
function dimensionOf(one: Dimension, field: string | undefined, say: Phrases): string {
  if (one.kind !== 'grain' || field === undefined) return say.dimension(one);
  const [date, grain] = [say.field(field), say.dimension(one)];
  return date.endsWith(grain) ? date : `${date}${say.zh ? '' : ' '}${grain}`;
}

/** "by created at month" says by which date already. */
const isBySaid = ({ dimensions }: Reading): boolean => dimensions.some(({ kind }) => kind === 'grain');

/** Behind "with any refunds" a period would be that of the refunds. */
const isPeriodFirst = ({ filters }: Reading): boolean =>
  filters.some((one) => one.kind === 'exists' && !one.negated && one.span === undefined);

function englishTime(reading: Reading, span: Span, say: Phrases): string {
  const field = isBySaid(reading) ? undefined : reading.time?.field;
  const said = periodPart(span, say);
  return field === undefined ? said : `${say.field(field)} ${said}`.replace(/\bon on /, 'on ');
}

function englishParts(reading: Reading, say: Phrases): readonly string[] {
  const { metrics, dimensions, filters, time, order, limit, share, compare, distinct } = reading;
  const measures = `${countsRows(reading) ? 'number of ' : ''}${say.list(metrics.map(say.measure))}`;
  const dims = say.list(dimensions.map((one) => dimensionOf(one, time?.field, say)));
  const isRanked = limit !== undefined && order !== undefined;
  const end = order?.descending ? 'top' : 'bottom';
  const said = (filter: Filter): string => englishFilter(filter, say);
  // "orders by channel with a discount > 50" would be channels with such a discount.
  const own = isRanked || metrics.length === 0 || !dims ? [] : filters.filter(({ kind }) => kind === 'compare');
  const what = isRanked
    ? `${end} ${limit} ${dims} by ${say.key(order.by)}`
    : metrics.length === 0
      ? `${distinct ? 'different ' : ''}${dims}${reading.root && dimensions.some(({ kind }) => kind === 'field') ? ` of ${say.entity(reading.root)}` : ''}`
      : [`${share ? 'share of ' : ''}${measures}`, ...own.map(said), ...(dims ? [`by ${dims}`] : [])].join(' ');
  const spanned = time?.span && [englishTime(reading, time.span, say)];
  const [early, late] = isPeriodFirst(reading) ? [spanned, []] : [[], spanned];
  return [
    what,
    ...(early ?? []),
    ...filters.filter((filter) => !own.includes(filter)).map(said),
    ...(late ?? []),
    ...(compare ? [`compared with ${periodPart(compare, say).replace(/^(?:in|from|on) /, '')}`] : []),
    ...(order && !isRanked ? [`ordered by ${say.key(order.by)} ${order.descending ? 'descending' : 'ascending'}`] : []),
  ];
}

const chineseSigns: Readonly<Record<Comparator, string>> = {
  '>': '大于',
  '>=': '至少',
  '<': '小于',
  '<=': '不超过',
  '=': '等于',
  '<>': '不是',
};

function chineseFilter(filter: Filter, say: Phrases): string {
  switch (filter.kind) {
    case 'values':
      return `${filter.negated ? '除了' : ''}${say.field(filter.field)}为${filter.values.map(written).join('或')}`;
    case 'compare':
      return `${say.field(filter.field)}${chineseSigns[filter.op]}${filter.value}`;
    case 'compareToAverage':
      return `${say.field(filter.field)}${chineseSigns[filter.op]}平均${filter.of ? `${say.field(filter.of.field)}${filter.of.values.map(written).join('或')}` : ''}`;
    case 'unknown':
      return `${filter.negated ? '已有' : '尚未'}${say.field(filter.field)}`;
    case 'role':
      return `${filter.negated ? '除了' : ''}${say.field(filter.field)}为${filter.values.map(written).join('或')}`;
    case 'extreme':
      return `${say.field(filter.field)}${filter.high ? '最高' : '最低'}的${say.entity(datasetNameOf(filter.field))}`;
    case 'like':
      return `${say.field(filter.field)}包含"${filter.text}"`;
    case 'exists':
      return [
        filter.negated ? '没有' : '有任何',
        say.entity(filter.dataset),
        ...filter.where.map((one) => chineseFilter(one, say)),
        ...(filter.span ? [`${say.dateOf(filter)}${periodPart(filter.span, say)}`] : []),
      ].join('');
    case 'having':
      return `${say.measure(filter.measure)}${chineseSigns[filter.op]}${filter.value}`;
  }
}

function chineseParts(reading: Reading, say: Phrases): readonly string[] {
  const { metrics, dimensions, filters, time, order, limit, share, compare, distinct } = reading;
  const measures = say.list(metrics.map(say.measure));
  const dims = say.list(dimensions.map((one) => dimensionOf(one, time?.field, say)));
  const isRanked = limit !== undefined && order !== undefined;
  const what = isRanked
    ? `${say.key(order.by)}${order.descending ? '最高' : '最低'}的${limit}个${dims}`
    : metrics.length === 0
      ? `${distinct ? '不同的' : ''}${dims}`
      : `${dims ? `按${dims}` : ''}${measures}${share ? '占比' : ''}${countsRows(reading) ? '有多少' : ''}`;
  const spanned = time?.span && [
    `${time.field && !isBySaid(reading) ? say.field(time.field) : ''}${periodPart(time.span, say)}`,
  ];
  const [early, late] = isPeriodFirst(reading) ? [spanned, []] : [[], spanned];
  return [
    what,
    ...(early ?? []),
    ...filters.map((filter) => chineseFilter(filter, say)),
    ...(late ?? []),
    ...(compare ? [`与${periodPart(compare, say).replace(/^从/u, '')}相比`] : []),
    ...(order && !isRanked ? [`按${say.key(order.by)}${order.descending ? '降序' : '升序'}`] : []),
  ];
}
