import iconv from 'iconv-lite';

/** A file, and how it is to be read: `column kind`, rows of text as the database prints them, lines kept aside. */
export type CraftedFile = {
  readonly what: string;
  readonly name?: string;
  readonly bytes: string | Buffer;
  /** Each as `name kind`; a column that is to be asked about as `name open`. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly bad?: readonly number[];
};

const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;
const many = (count: number, line: (index: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, index) => line(index));

export const craftedFiles: readonly CraftedFile[] = [
  {
    what: 'leading zeros are a code',
    bytes: lines('zip,n', '01067,1', '10115,2'),
    columns: ['zip text', 'n number'],
    rows: [
      ['01067', '1'],
      ['10115', '2'],
    ],
  },
  {
    what: 'phone numbers with a plus',
    bytes: lines('phone,n', '+491701234567,1', '+13125550100,2'),
    columns: ['phone text', 'n number'],
    rows: [
      ['+491701234567', '1'],
      ['+13125550100', '2'],
    ],
  },
  {
    what: 'Indian grouping',
    bytes: lines('name,amount', 'a,"12,34,567.50"', 'b,"1,000.00"'),
    columns: ['name text', 'amount number'],
    rows: [
      ['a', '1234567.50'],
      ['b', '1000.00'],
    ],
  },
  {
    what: 'Swiss grouping',
    bytes: lines('name;amount', "a;1'234'567.85", 'b;12.30'),
    columns: ['name text', 'amount number'],
    rows: [
      ['a', '1234567.85'],
      ['b', '12.30'],
    ],
  },
  {
    what: 'French grouping by narrow spaces',
    bytes: lines('nom;montant', 'a;1\u202f234,50 €', 'b;12,00 €'),
    columns: ['nom text', 'montant number'],
    rows: [
      ['a', '1234.50'],
      ['b', '12.00'],
    ],
  },
  {
    what: 'accounting negatives',
    bytes: lines('k,v', 'a,(10.50)', 'b,"1,200.00"', 'c,7-'),
    columns: ['k text', 'v number'],
    rows: [
      ['a', '-10.50'],
      ['b', '1200.00'],
      ['c', '-7.00'],
    ],
  },
  {
    what: 'two currencies are no column to sum',
    bytes: lines('k,v', 'a,$10', 'b,€10'),
    columns: ['k text', 'v text'],
    rows: [
      ['a', '$10'],
      ['b', '€10'],
    ],
  },
  {
    what: 'percent beside plain fractions',
    bytes: lines('k,v', 'a,10%', 'b,0.5'),
    columns: ['k text', 'v text'],
    rows: [
      ['a', '10%'],
      ['b', '0.5'],
    ],
  },
  {
    what: 'scientific notation',
    bytes: lines('k,v', 'a,1.5e-10', 'b,2E3'),
    columns: ['k text', 'v number'],
    rows: [
      ['a', '1.5e-10'],
      ['b', '2000.0'],
    ],
  },
  {
    what: 'more digits than a double has',
    bytes: lines('k,v', 'a,0.1234567890123456789012', 'b,1.5'),
    columns: ['k text', 'v number'],
    rows: [
      ['a', '0.1234567890123456789012'],
      ['b', '1.5000000000000000000000'],
    ],
  },
  {
    what: 'money with many digits',
    bytes: lines('k,v', 'a,12345678901234567890.12', 'b,0.01'),
    columns: ['k text', 'v number'],
    rows: [
      ['a', '12345678901234567890.12'],
      ['b', '0.01'],
    ],
  },
  {
    what: 'an order number of forty digits',
    bytes: lines('k,v', 'a,1234567890123456789012345678901234567890', 'b,2'),
    columns: ['k text', 'v text'],
    rows: [
      ['a', '1234567890123456789012345678901234567890'],
      ['b', '2'],
    ],
  },
  {
    what: 'one word among numbers',
    bytes: lines('k,v', 'a,1', 'b,2', 'c,soon', 'd,4', 'e,5', 'f,6'),
    columns: ['k text', 'v text'],
    rows: [
      ['a', '1'],
      ['b', '2'],
      ['c', 'soon'],
      ['d', '4'],
      ['e', '5'],
      ['f', '6'],
    ],
  },
  {
    what: 'Namibia',
    bytes: lines('code,n', 'NA,1', 'DE,NA', 'FR,3'),
    columns: ['code text', 'n number'],
    rows: [
      ['NA', '1'],
      ['DE', null],
      ['FR', '3'],
    ],
  },
  {
    what: 'errors of a spreadsheet',
    bytes: lines('k,v', 'a,#DIV/0!', 'b,2.5', 'c,#N/A'),
    columns: ['k text', 'v number'],
    rows: [
      ['a', null],
      ['b', '2.5'],
      ['c', null],
    ],
  },
  {
    what: 'zero dates of MySQL',
    bytes: lines('k,day', 'a,0000-00-00', 'b,2025-02-03'),
    columns: ['k text', 'day date'],
    rows: [
      ['a', null],
      ['b', '2025-02-03'],
    ],
  },
  {
    what: 'a day that is not',
    bytes: lines('k,day', 'a,31/02/2025', 'b,13/02/2025', 'c,14/02/2025', 'd,15/02/2025'),
    columns: ['k text', 'day text'],
    rows: [
      ['a', '31/02/2025'],
      ['b', '13/02/2025'],
      ['c', '14/02/2025'],
      ['d', '15/02/2025'],
    ],
  },
  {
    what: 'European days by one day past twelve',
    bytes: lines('k,day', 'a,01/02/2025', 'b,13/02/2025'),
    columns: ['k text', 'day date'],
    rows: [
      ['a', '2025-02-01'],
      ['b', '2025-02-13'],
    ],
  },
  {
    what: 'American days by another column',
    bytes: lines('a,b', '01/02/2025,01/31/2025', '03/04/2025,02/28/2025'),
    columns: ['a date', 'b date'],
    rows: [
      ['2025-01-02', '2025-01-31'],
      ['2025-03-04', '2025-02-28'],
    ],
  },
  {
    what: 'days that nothing decides',
    bytes: lines('k,booked', 'a,05/06/2025', 'b,01/02/2025', 'c,07/03/2025'),
    columns: ['k text', 'booked open'],
    rows: [
      ['a', '05/06/2025'],
      ['b', '01/02/2025'],
      ['c', '07/03/2025'],
    ],
  },
  {
    what: 'days that are in order only one way',
    bytes: lines(
      'k,booked',
      ...many(8, (index) => `${index},0${index + 1}/${(index % 2) + 1}/2025`.replace(/,0(\d)\/(\d)/, ',0$1/0$2')),
    ),
    columns: ['k number', 'booked date'],
    rows: many(8, (index) => `2025-0${index + 1}-0${(index % 2) + 1}`).map((day, index) => [String(index), day]),
  },
  {
    what: 'German month names',
    bytes: lines('k;tag', 'a;5. März 2025', 'b;12. Dezember 2024'),
    columns: ['k text', 'tag date'],
    rows: [
      ['a', '2025-03-05'],
      ['b', '2024-12-12'],
    ],
  },
  {
    what: 'weekdays and ordinals',
    bytes: lines('k,day', 'a,"Monday, March 3rd, 2025"', 'b,"Tuesday, April 1st, 2025"'),
    columns: ['k text', 'day date'],
    rows: [
      ['a', '2025-03-03'],
      ['b', '2025-04-01'],
    ],
  },
  {
    what: 'short names and short years',
    bytes: lines('k,day', 'a,3-Mar-25', 'b,14-Sep-24'),
    columns: ['k text', 'day date'],
    rows: [
      ['a', '2025-03-03'],
      ['b', '2024-09-14'],
    ],
  },
  {
    what: 'Chinese days',
    bytes: lines('客户,日期,金额', '甲,2025年3月5日,"1,200.50"', '乙,2024年12月11日,30'),
    columns: ['客户 text', '日期 date', '金额 number'],
    rows: [
      ['甲', '2025-03-05', '1200.50'],
      ['乙', '2024-12-11', '30.00'],
    ],
  },
  {
    what: 'eight digits that a name calls a date',
    bytes: lines('order_date,n', '20250105,1', '20241231,2'),
    columns: ['order_date date', 'n number'],
    rows: [
      ['2025-01-05', '1'],
      ['2024-12-31', '2'],
    ],
  },
  {
    what: 'eight digits that are a number',
    bytes: lines('item,n', '20250105,1', '20241231,2'),
    columns: ['item number', 'n number'],
    rows: [
      ['20250105', '1'],
      ['20241231', '2'],
    ],
  },
  {
    what: 'zones and parts of a second',
    bytes: lines('k,at', 'a,2025-01-02T03:04:05.123+02:00', 'b,2025-06-02T23:00:00.5Z'),
    columns: ['k text', 'at timestamp'],
    rows: [
      ['a', '2025-01-02 01:04:05.123'],
      ['b', '2025-06-02 23:00:00.5'],
    ],
  },
  {
    what: 'half days',
    bytes: lines('k,at', 'a,3/20/2014 12:31 AM', 'b,3/21/2014 12:05 PM'),
    columns: ['k text', 'at timestamp'],
    rows: [
      ['a', '2014-03-20 00:31:00'],
      ['b', '2014-03-21 12:05:00'],
    ],
  },
  {
    what: 'months alone',
    bytes: lines('month,n', '2025-01,1', '2025-02,2', '2024-12,3'),
    columns: ['month date', 'n number'],
    rows: [
      ['2025-01-01', '1'],
      ['2025-02-01', '2'],
      ['2024-12-01', '3'],
    ],
  },
  {
    what: 'seasons',
    bytes: lines('season,n', '2010-11,1', '2011-12,2'),
    columns: ['season text', 'n number'],
    rows: [
      ['2010-11', '1'],
      ['2011-12', '2'],
    ],
  },
  {
    what: 'times of day',
    bytes: lines('k,at', 'a,2:27 PM', 'b,11:05 AM'),
    columns: ['k text', 'at time'],
    rows: [
      ['a', '14:27:00'],
      ['b', '11:05:00'],
    ],
  },
  {
    what: 'versions and addresses are no numbers',
    bytes: lines('v,ip', '1.2.3,10.0.0.1', '1.10.0,10.0.0.22'),
    columns: ['v text', 'ip text'],
    rows: [
      ['1.2.3', '10.0.0.1'],
      ['1.10.0', '10.0.0.22'],
    ],
  },
  {
    what: 'no header',
    bytes: lines('1,Ann,10.5', '2,Bo,11', '3,Cid,12'),
    columns: ['column_1 number', 'column_2 text', 'column_3 number'],
    rows: [
      ['1', 'Ann', '10.5'],
      ['2', 'Bo', '11.0'],
      ['3', 'Cid', '12.0'],
    ],
  },
  {
    what: 'names twice, and none',
    bytes: lines('id,Name,name,', '1,a,b,c', '2,d,e,f'),
    columns: ['id number', 'Name text', 'name_2 text', 'column_4 text'],
    rows: [
      ['1', 'a', 'b', 'c'],
      ['2', 'd', 'e', 'f'],
    ],
  },
  {
    what: 'names of groups above',
    bytes: lines(',2024,,2025,', 'region,net,gross,net,gross', 'north,1,2,3,4', 'south,5,6,7,8'),
    columns: ['region text', '2024 net number', '2024 gross number', '2025 net number', '2025 gross number'],
    rows: [
      ['north', '1', '2', '3', '4'],
      ['south', '5', '6', '7', '8'],
    ],
    bad: [1],
  },
  {
    what: 'a note and a total below',
    bytes: lines('city,n,m', 'a,1,2', 'b,3,4', 'Total,4,6', '', 'Source: the office'),
    columns: ['city text', 'n number', 'm number'],
    rows: [
      ['a', '1', '2'],
      ['b', '3', '4'],
    ],
    bad: [4, 6],
  },
  {
    what: 'titles without delimiters',
    bytes: lines('Sales 2025', '', 'id;n', '1;2', '3;4'),
    columns: ['id number', 'n number'],
    rows: [
      ['1', '2'],
      ['3', '4'],
    ],
    bad: [1],
  },
  {
    what: 'the delimiter named in the first line',
    bytes: lines('sep=;', 'a;b', '1,5;2', '2,5;3'),
    columns: ['a number', 'b number'],
    rows: [
      ['1.5', '2'],
      ['2.5', '3'],
    ],
    bad: [1],
  },
  {
    what: 'a delimiter at the end of each line',
    bytes: lines('a,b,', '1,x,', '2,y,'),
    columns: ['a number', 'b text'],
    rows: [
      ['1', 'x'],
      ['2', 'y'],
    ],
  },
  {
    what: 'names of rows as R writes them',
    bytes: lines('mpg,cyl', 'Mazda,21.0,6', 'Fiat,32.4,4'),
    columns: ['row_name text', 'mpg number', 'cyl number'],
    rows: [
      ['Mazda', '21.0', '6'],
      ['Fiat', '32.4', '4'],
    ],
  },
  {
    what: 'a quote that is never closed',
    bytes: lines(
      'id,name,n',
      ...many(8, (index) => `${index},x${index},${index}`),
      '8,"open,8',
      ...many(4, (index) => `${index + 9},y${index},${index}`),
    ),
    columns: ['id number', 'name text', 'n number'],
    rows: [
      ...many(8, String).map((index) => [index, `x${index}`, index]),
      ...many(4, String).map((index) => [String(Number(index) + 9), `y${index}`, index]),
    ],
    bad: [10],
  },
  {
    what: 'inches',
    bytes: lines('id,size', '1,5" pipe', '2,"say ""x"""', '3,7"'),
    columns: ['id number', 'size text'],
    rows: [
      ['1', '5" pipe'],
      ['2', 'say "x"'],
      ['3', '7"'],
    ],
  },
  {
    what: 'quotes behind backslashes',
    bytes: lines('id,name', '1,"a \\"b\\" c"', '2,"d, e"'),
    columns: ['id number', 'name text'],
    rows: [
      ['1', 'a "b" c'],
      ['2', 'd, e'],
    ],
  },
  {
    what: 'old Macintosh line ends',
    bytes: 'id,n\r1,2\r3,4\r',
    columns: ['id number', 'n number'],
    rows: [
      ['1', '2'],
      ['3', '4'],
    ],
  },
  {
    what: 'Cyrillic in its old encoding',
    bytes: iconv.encode(lines('имя;сумма', 'Иванов;1 200,50', 'Петрова;30,00'), 'windows-1251'),
    columns: ['имя text', 'сумма number'],
    rows: [
      ['Иванов', '1200.50'],
      ['Петрова', '30.00'],
    ],
  },
  {
    what: 'Japanese in Shift JIS',
    bytes: iconv.encode(lines('名前,数', '山田さん,1', 'カタカナの人,2'), 'shift_jis'),
    columns: ['名前 text', '数 number'],
    rows: [
      ['山田さん', '1'],
      ['カタカナの人', '2'],
    ],
  },
  {
    what: 'Polish in its old encoding',
    bytes: iconv.encode(lines('imię;kwota', 'Łukasz;1,5', 'Żaneta;2,5', 'Małgorzata;3,5'), 'windows-1250'),
    columns: ['imię text', 'kwota number'],
    rows: [
      ['Łukasz', '1.5'],
      ['Żaneta', '2.5'],
      ['Małgorzata', '3.5'],
    ],
  },
  {
    what: 'UTF-16 without a mark',
    bytes: iconv.encode(lines('id\tname', '1\tJürgen', '2\tAnn'), 'utf-16le'),
    columns: ['id number', 'name text'],
    rows: [
      ['1', 'Jürgen'],
      ['2', 'Ann'],
    ],
  },
  {
    what: 'one column of text with commas',
    bytes: lines('note', 'Hello, world', 'plain', 'one; two'),
    columns: ['note text'],
    rows: [['Hello, world'], ['plain'], ['one; two']],
  },
  {
    what: 'one column of numbers',
    bytes: lines('n', '1', '2', '3'),
    columns: ['n number'],
    rows: [['1'], ['2'], ['3']],
  },
  {
    what: 'objects line by line, one of them broken',
    name: 'rows.ndjson',
    bytes: lines('{"id":1,"day":"2025-01-02","tags":["a"]}', '{"id":2,', '{"id":9007199254740993,"amount":"1.50"}'),
    columns: ['id number', 'day date', 'tags json', 'amount number'],
    rows: [
      ['1', '2025-01-02', '["a"]', null],
      ['9007199254740993', null, null, '1.50'],
    ],
    bad: [2],
  },
  {
    what: 'a list of objects in an object',
    name: 'rows.json',
    bytes: '{"count":2,"data":[{"a":1.10,"b":true},{"a":0.12345678901234567890123,"b":false}]}',
    columns: ['a number', 'b boolean'],
    rows: [
      ['1.10000000000000000000000', 'true'],
      ['0.12345678901234567890123', 'false'],
    ],
  },
];
