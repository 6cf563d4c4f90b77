/** The outermost query seems to have ORDER BY: what stands in brackets and strings does not count. */
export function isOrderedSql(sql: string): boolean {
  let outside = sql.replace(/'[^']*'/g, "''");
  for (let before = ''; before !== outside; ) {
    before = outside;
    outside = outside.replace(/\([^()]*\)/g, ' ');
  }
  return /\border\s+by\b/i.test(outside);
}
