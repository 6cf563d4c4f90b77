/** Whether the outermost query seems to have ORDER BY; brackets and strings are skipped. */
export function isOrderedSql(sql: string): boolean {
  let outside = sql.replace(/'[^']*'/g, "''");
  for (let before = ''; before !== outside; ) {
    before = outside;
    outside = outside.replace(/\([^()]*\)/g, ' ');
  }
  return /\border\s+by\b/i.test(outside);
}
