/** What a word of the question's own grammar does. Words of the model are no such words. */
export type Word =
  | ('COUNT' | 'COUNTED' | 'SUM' | 'AVG' | 'MIN' | 'MAX' | 'DISTINCT')
  | ('HIGH' | 'LOW' | 'MOST' | 'LEAST' | 'TOP' | 'BOTTOM' | 'COMMON' | 'RARE' | 'FIRST')
  | ('BY' | 'EACH' | 'PER' | 'ORDER' | 'ALPHA' | 'ASC' | 'DESC')
  | ('AND' | 'BOTH' | 'DID' | 'OR' | 'NOT' | 'NEVER' | 'YET' | 'WITH' | 'WITHOUT' | 'ANY' | 'ALL' | 'THAN')
  | (
      | 'GT'
      | 'GE'
      | 'LT'
      | 'LE'
      | 'EQ'
      | 'BETWEEN'
      | 'LINK'
      | 'ORMORE'
      | 'ORLESS'
      | 'MORE'
      | 'FEWER'
      | 'CONTAINS'
      | 'STARTS'
      | 'ENDS'
    )
  | ('SHARE' | 'CHANGE' | 'APART' | 'VS' | 'BEFORE' | 'YEARAGO')
  | ('THINGS' | 'PERCENT' | 'SIZE' | 'EUR' | 'USD' | 'GBP' | 'CNY');
