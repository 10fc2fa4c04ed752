import { crc32, deflateRawSync } from "node:zlib";

/** One entry of an archive, as it is said to be and as it is. */
export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer | string;
  /** Unpacked size that the directory claims, where it lies. */
  readonly claimedSize?: number;
  /** Name of the entry whose bytes this one claims to have. */
  readonly sharesBytesOf?: string;
  /** Unix mode, for example of a symbolic link. */
  readonly mode?: number;
}

const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const UTF8_NAMES = 0x800;
const DEFLATED = 8;
const MADE_BY_UNIX = 0x0314;

/** Packs an archive by the letter of the format, so that every lie of one can be told. */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  const places = new Map<string, number>();
  let offset = 0;
  for (const entry of entries) {
    const content = Buffer.from(entry.content);
    const packed = deflateRawSync(content);
    const name = Buffer.from(entry.name);
    const size = entry.claimedSize ?? content.length;
    const facts = { crc: crc32(content), packed: packed.length, size, name: name.length };
    const at = places.get(entry.sharesBytesOf ?? "") ?? offset;
    if (at === offset) {
      const piece = Buffer.concat([localHeader(facts), name, packed]);
      places.set(entry.name, offset);
      local.push(piece);
      offset += piece.length;
    }
    central.push(Buffer.concat([centralHeader(facts, at, entry.mode ?? 0o100644), name]));
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}

interface Facts {
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly name: number;
}

function localHeader({ crc, packed, size, name }: Facts): Buffer {
  const header = Buffer.alloc(LOCAL_BYTES);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(UTF8_NAMES, 6);
  header.writeUInt16LE(DEFLATED, 8);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(packed, 18);
  header.writeUInt32LE(size, 22);
  header.writeUInt16LE(name, 26);
  return header;
}

function centralHeader({ crc, packed, size, name }: Facts, offset: number, mode: number): Buffer {
  const header = Buffer.alloc(CENTRAL_BYTES);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(MADE_BY_UNIX, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(UTF8_NAMES, 8);
  header.writeUInt16LE(DEFLATED, 10);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(packed, 20);
  header.writeUInt32LE(size, 24);
  header.writeUInt16LE(name, 28);
  header.writeUInt32LE((mode << 16) >>> 0, 38);
  header.writeUInt32LE(offset, 42);
  return header;
}
