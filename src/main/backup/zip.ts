/*
 * As much of a zip as a backup needs: entries that are stored as they are, with their sizes and checksums in front
 * of them, and the wide form (ZIP64) for what does not fit 32 bits. Layout: PKWARE APPNOTE 6.3.10, 4.3.7 to 4.3.16.
 */

export interface ZipEntry {
  readonly name: string
  /** Bytes. */
  readonly size: number
  readonly crc32: number
  /** Where its header begins in the file. */
  readonly at: number
}

const NARROW = 0xffff_ffff
const WIDE_VERSION = 45
const VERSION = 20
/** 1 January 2000, so that the file says nothing about the clock that made it; its manifest does. */
const DATE = ((2000 - 1980) << 9) | (1 << 5) | 1
/** Made on Unix; a plain file that its owner alone may read. */
const UNIX = 3 << 8
const MODE = 0o100600

/** How many bytes the header in front of an entry takes, known before its checksum is. */
export const localHeaderLength = (name: string, size: number): number =>
  30 + Buffer.byteLength(name) + (size >= NARROW ? 20 : 0)

export function localHeader({ name, size, crc32 }: Omit<ZipEntry, 'at'>): Buffer {
  const wide = size >= NARROW
  const header = Buffer.alloc(localHeaderLength(name, size))
  header.writeUInt32LE(0x0403_4b50, 0)
  header.writeUInt16LE(wide ? WIDE_VERSION : VERSION, 4)
  header.writeUInt16LE(DATE, 12)
  header.writeUInt32LE(crc32, 14)
  header.writeUInt32LE(wide ? NARROW : size, 18)
  header.writeUInt32LE(wide ? NARROW : size, 22)
  header.writeUInt16LE(Buffer.byteLength(name), 26)
  header.writeUInt16LE(wide ? 20 : 0, 28)
  header.write(name, 30, 'latin1')
  if (wide) wideField([size, size]).copy(header, 30 + Buffer.byteLength(name))
  return header
}

/** The directory at the end, for entries that end at `at`. The archive's comment is the very end of the file. */
export function endOf(entries: readonly ZipEntry[], at: number, comment: string): Buffer {
  const directory = Buffer.concat(entries.map(centralHeader))
  const wide = at >= NARROW || directory.length >= NARROW
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x0605_4b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(wide ? NARROW : directory.length, 12)
  end.writeUInt32LE(wide ? NARROW : at, 16)
  end.writeUInt16LE(Buffer.byteLength(comment), 20)
  return Buffer.concat([
    directory,
    ...(wide ? [wideEnd(entries.length, directory.length, at)] : []),
    end,
    Buffer.from(comment, 'latin1'),
  ])
}

function centralHeader({ name, size, crc32, at }: ZipEntry): Buffer {
  const wide = [...(size >= NARROW ? [size, size] : []), ...(at >= NARROW ? [at] : [])]
  const header = Buffer.alloc(46)
  header.writeUInt32LE(0x0201_4b50, 0)
  header.writeUInt16LE(UNIX | (wide.length > 0 ? WIDE_VERSION : VERSION), 4)
  header.writeUInt16LE(wide.length > 0 ? WIDE_VERSION : VERSION, 6)
  header.writeUInt16LE(DATE, 14)
  header.writeUInt32LE(crc32, 16)
  header.writeUInt32LE(size >= NARROW ? NARROW : size, 20)
  header.writeUInt32LE(size >= NARROW ? NARROW : size, 24)
  header.writeUInt16LE(Buffer.byteLength(name), 28)
  header.writeUInt32LE((MODE << 16) >>> 0, 38)
  header.writeUInt32LE(at >= NARROW ? NARROW : at, 42)
  const extra = wide.length > 0 ? wideField(wide) : Buffer.alloc(0)
  header.writeUInt16LE(extra.length, 30)
  return Buffer.concat([header, Buffer.from(name, 'latin1'), extra])
}

function wideField(values: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + 8 * values.length)
  field.writeUInt16LE(1, 0)
  field.writeUInt16LE(8 * values.length, 2)
  for (const [n, value] of values.entries()) field.writeBigUInt64LE(BigInt(value), 4 + 8 * n)
  return field
}

function wideEnd(count: number, length: number, at: number): Buffer {
  const end = Buffer.alloc(56 + 20)
  end.writeUInt32LE(0x0606_4b50, 0)
  end.writeBigUInt64LE(44n, 4)
  end.writeUInt16LE(UNIX | WIDE_VERSION, 12)
  end.writeUInt16LE(WIDE_VERSION, 14)
  end.writeBigUInt64LE(BigInt(count), 24)
  end.writeBigUInt64LE(BigInt(count), 32)
  end.writeBigUInt64LE(BigInt(length), 40)
  end.writeBigUInt64LE(BigInt(at), 48)
  end.writeUInt32LE(0x0706_4b50, 56)
  end.writeBigUInt64LE(BigInt(at + length), 64)
  end.writeUInt32LE(1, 72)
  return end
}
