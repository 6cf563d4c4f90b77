/**
 * What official numbers of persons are called where they are issued, by country (ISO 3166-1). Names of up to three
 * letters are known in capitals only, because most of them are words somewhere; a name that is no word anywhere is
 * known in small letters too.
 */
export const numberNames: Readonly<Record<string, string>> = {
  AD: 'NRT',
  AE: 'Emirates ID',
  AL: 'NIPT',
  AR: 'DNI, CUIT, CUIL',
  AT: 'SVNR, VSNR, SV-Nummer',
  AU: 'TFN, Medicare, MyID',
  BE: 'INSZ, NISS, Rijksregister',
  BG: 'ЕГН, EGN',
  BR: 'CPF, RG, CNH, PIS, PASEP',
  CA: 'SIN, OHIP, NAS, RAMQ',
  CH: 'AHV, AVS, AHVN13',
  CL: 'RUT, RUN',
  CN: '居民身份证',
  CO: 'CC, Cédula, NUIP',
  CR: 'Cédula física',
  CZ: 'RČ, Rodné číslo',
  DE: 'SVNR, RVNR, IdNr, Steuer-ID',
  DK: 'CPR, CPR-nr',
  EC: 'CI',
  EE: 'Isikukood, IK',
  EG: 'الرقم القومي',
  ES: 'DNI, NIE, NIF, NSS, NUSS',
  FI: 'HETU, Henkilötunnus',
  FR: 'NIR, INSEE, NIF, SPI',
  GB: 'NINO, NHS, UTR, NI',
  GR: 'ΑΜΚΑ, ΑΦΜ, AMKA, AFM',
  HK: 'HKID',
  HR: 'OIB, JMBG',
  HU: 'TAJ, Adóazonosító jel',
  ID: 'NIK, KTP, NPWP',
  IE: 'PPS, PPSN',
  IL: 'Teudat Zehut, ת.ז',
  IN: 'Aadhaar, Aadhar, PAN, EPIC, UAN',
  IR: 'کد ملی',
  IS: 'Kennitala',
  IT: 'Codice fiscale, CF',
  JP: 'マイナンバー, MyNumber',
  KE: 'KRA PIN, Huduma',
  KR: 'RRN, 주민등록번호',
  KZ: 'ЖСН, ИИН, IIN',
  LT: 'Asmens kodas',
  LV: 'Personas kods',
  MX: 'CURP, RFC, NSS, INE',
  MY: 'NRIC, MyKad',
  NG: 'NIN, BVN',
  NL: 'BSN, Burgerservicenummer, Sofinummer',
  NO: 'Fødselsnummer, FNR',
  NZ: 'IRD, NHI',
  PE: 'DNI, RUC',
  PH: 'SSS, GSIS, TIN, PhilHealth, UMID, PhilSys',
  PK: 'CNIC, NADRA, NICOP',
  PL: 'PESEL, NIP',
  PT: 'NIF, NISS, NUS',
  RO: 'CNP',
  RS: 'ЈМБГ, JMBG',
  RU: 'ИНН, СНИЛС, INN, SNILS',
  SA: 'Iqama, إقامة',
  SE: 'Personnummer, Samordningsnummer',
  SG: 'NRIC, FIN',
  SI: 'EMŠO, EMSO',
  SK: 'RČ, Rodné číslo',
  TH: 'เลขประจำตัวประชาชน',
  TR: 'TC, TCKN, T.C., TC Kimlik, VKN',
  TW: '統編, 身分證字號',
  UA: 'ІПН, РНОКПП, ІНН, РНОКП',
  US: 'SSN, ITIN, EIN, PTIN, MBI',
  UY: 'Cédula',
  VE: 'RIF',
  VN: 'CCCD, CMND',
  ZA: 'RSA ID, SA ID',
};

/**
 * Words of business before a number that say that it is not a person's: an order, a part, a batch. Endings may follow.
 */
export const businessWords: readonly string[] = (
  'order, po, invoice, inv, rma, tracking, shipment, parcel, batch, lot, customer no, vendor, supplier, sku, part, item, article, ' +
  'ean, gtin, upc, isbn, issn, asin, ticket, case, job, run, build, version, revision, epoch, timestamp, commit, ref, reference, ' +
  'variant, bundle, voucher, coupon, gl, ledger, cost center, asset, serial, model, product, warehouse, store, shop, branch, ' +
  'rechnung, bestellung, auftrag, lieferung, sendung, artikel, charge, gutschein, filiale, lager, beleg, ' +
  'commande, facture, colis, lot, article, magasin, pedido, factura, envío, artículo, lote, tienda, encomenda, fatura, loja, ' +
  'ordine, fattura, spedizione, articolo, negozio, bestelling, factuur, zending, winkel, beställning, faktura, butik, ordre, ' +
  'tilaus, lasku, erä, myymälä, zamówienie, faktura, partia, sklep, objednávka, zásilka, prodejna, rendelés, számla, bolt, ' +
  'comandă, factură, заказ, счёт-фактура, накладная, партия, артикул, магазин, замовлення, накладна, παραγγελία, τιμολόγιο, ' +
  'sipariş, fatura, parti, mağaza, طلب, فاتورة, شحنة, הזמנה, חשבונית, ऑर्डर, चालान, đơn hàng, hóa đơn, pesanan, faktur, คำสั่งซื้อ, ' +
  '订单, 發票, 发票, 订购, 批次, 货号, 運單, 运单, 快递, 商品, 型号, 門店, 门店, 注文, 請求書, 商品番号, 型番, 店舗, 주문, 송장, 상품, 매장'
)
  .split(', ')
  .filter((word, at, all) => all.indexOf(word) === at);
