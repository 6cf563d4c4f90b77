/**
 * What a street is called, by language. `before` stands before the name ("rue", "ul."), `after` behind it ("Street",
 * "gatan", also as the end of one word), `unit` names a house, floor or flat.
 */
export const streetWords: Readonly<
  Record<string, { readonly before?: string; readonly after?: string; readonly unit?: string }>
> = {
  en: {
    after:
      'street, avenue, ave, road, rd, terrace, lane, ln, boulevard, blvd, parkway, pkwy, crescent, highway, hwy, mews',
    unit: 'flat, apt, apartment, suite, unit, floor, house',
  },
  de: {
    after: 'straße, strasse, str, weg, platz, allee, gasse, ring, damm, ufer, chaussee, markt',
    unit: 'wohnung, stiege, top',
  },
  fr: {
    before: 'rue, avenue, boulevard, place, chemin, quai, impasse, allée, route, cours, square',
    unit: 'appt, bâtiment, étage',
  },
  es: {
    before: 'calle, c/, avenida, avda, av, plaza, paseo, carrera, camino, ronda, travesía, jirón, callejón',
    unit: 'piso, puerta, depto, departamento',
  },
  pt: { before: 'rua, avenida, av, travessa, largo, praça, alameda, estrada, rodovia', unit: 'apto, andar, bloco' },
  it: { before: 'via, viale, piazza, corso, largo, vicolo, piazzale, strada', unit: 'interno, scala' },
  nl: { after: 'straat, laan, weg, plein, gracht, kade, dijk, singel, steeg, dreef', unit: 'bus' },
  sv: { after: 'gatan, vägen, väg, gränd, torg, allén, stigen, backen', unit: 'lgh' },
  da: { after: 'gade, vej, vænget, allé, torv, stræde, plads', unit: 'th, tv' },
  no: { after: 'gata, gate, veien, vegen, vei, torg, plass', unit: 'leilighet' },
  fi: { after: 'katu, tie, kuja, polku, tori, kaari, väylä', unit: 'as' },
  is: { after: 'gata, stígur, vegur, braut' },
  pl: { before: 'ul, ulica, al., aleja, pl., plac, os., osiedle', unit: 'm, lok' },
  cs: { before: 'ulice, ul, náměstí, nám, třída', after: 'ulice, náměstí, třída', unit: 'byt' },
  sk: { before: 'ulica, ul, námestie, nám', after: 'ulica, cesta', unit: 'byt' },
  hr: { before: 'ulica, ul, trg, avenija', after: 'ulica, cesta, ulice' },
  sr: { before: 'ул, улица, трг, булевар' },
  ro: { before: 'str, strada, bd, bulevardul, calea, aleea, șoseaua, șos', unit: 'ap, bl, sc' },
  hu: { after: 'utca, u., út, útja, tér, körút, krt, köz, sétány', unit: 'emelet, em' },
  bg: { before: 'ул, улица, бул, булевард, жк', unit: 'ап, бл, вх' },
  ru: {
    before: 'ул, улица, пр, проспект, пр-т, пер, переулок, наб, набережная, бульвар, шоссе, площадь',
    after: 'улица, проспект, переулок, шоссе',
    unit: 'кв, д, дом, корп',
  },
  uk: { before: 'вул, вулиця, просп, проспект, пров, провулок, бульв, площа', unit: 'кв, буд' },
  el: { before: 'οδός, οδος, λεωφόρος, λεωφ, πλατεία, οδού' },
  tr: { after: 'cad, caddesi, sok., sokak, sokağı, sk., bulvarı, blv, mah, mahallesi', unit: 'no, daire, d, kat' },
  ar: { before: 'شارع, طريق, حي', unit: 'شقة, مبنى, عمارة' },
  he: { before: 'רחוב, רח, שדרות, שד, דרך', unit: 'דירה' },
  fa: { before: 'خیابان, کوچه, بلوار', unit: 'پلاک, واحد' },
  vi: { before: 'đường, phố, ngõ, hẻm', unit: 'phường, quận' },
  id: { before: 'jl, jalan, jln', unit: 'rt, rw' },
  th: { before: 'ถนน, ซอย', unit: 'แขวง, เขต, ตำบล' },
  hi: { before: 'गली, मार्ग, सड़क', after: 'मार्ग, रोड', unit: 'मकान' },
  ca: { before: 'carrer, avinguda, plaça, passeig', unit: 'pis' },
  lt: { after: 'gatvė, gatve, g., prospektas, pr.', unit: 'butas' },
  lv: { after: 'iela, bulvāris, prospekts', unit: 'dz' },
  et: { after: 'tänav, tn., mnt., maantee, puiestee, pst.', unit: 'korter' },
};
