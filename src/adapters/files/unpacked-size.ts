const endMark = 0x06054b50;
const entryMark = 0x02014b50;

/** Bytes that a zip archive says it unpacks to, all entries together; 0 for what is no archive. */
export function unpackedSize(bytes: Buffer): number {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || end + 20 > bytes.length || bytes.readUInt32LE(end) !== endMark) return 0;
  let at = bytes.readUInt32LE(end + 16);
  let sum = 0;
  while (at + 46 <= bytes.length && bytes.readUInt32LE(at) === entryMark) {
    sum += bytes.readUInt32LE(at + 24);
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return sum;
}
