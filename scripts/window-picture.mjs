// A PNG of what an Xvfb screen shows, read from the file in which Xvfb keeps its frame buffer (XWD format).
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { crc32, deflateSync } from 'node:zlib'

/** A screen with a painted window has text in it, and smoothed text has many shades. */
const SHADES_OF_A_PAINTED_WINDOW = 16

/**
 * @param {string} framebuffer the directory given to Xvfb's -fbdir
 * @returns {{ width: number, height: number, rgb: Buffer, painted: boolean } | undefined} undefined before there is a screen
 */
export function readScreen(framebuffer) {
  let xwd
  try {
    xwd = readFileSync(path.join(framebuffer, 'Xvfb_screen0'))
  } catch {
    return undefined
  }
  if (xwd.length < 100) return undefined
  const field = (index) => xwd.readUInt32BE(index * 4)
  const [headerSize, width, height, littleEndian] = [field(0), field(4), field(5), field(7) === 0]
  const [bitsPerPixel, bytesPerLine, colours] = [field(11), field(12), field(19)]
  if (bitsPerPixel !== 32 || !littleEndian) throw new Error('Xvfb draws in a format that is not known here.')

  const start = headerSize + colours * 12
  if (xwd.length < start + height * bytesPerLine) return undefined
  const rgb = Buffer.alloc(width * height * 3)
  const shades = new Set()
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0, from = start + y * bytesPerLine; x < width; x += 1, from += 4, to += 3) {
      rgb[to] = xwd[from + 2]
      rgb[to + 1] = xwd[from + 1]
      rgb[to + 2] = xwd[from]
      if (shades.size < SHADES_OF_A_PAINTED_WINDOW) shades.add(xwd.readUInt32LE(from) & 0xffffff)
    }
  }
  return { width, height, rgb, painted: shades.size >= SHADES_OF_A_PAINTED_WINDOW }
}

/** @param {{ width: number, height: number, rgb: Buffer }} screen */
export function toPng({ width, height, rgb }) {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8) // eight bits, true colour, no interlacing
  const lines = Buffer.alloc(height * (width * 3 + 1))
  for (let y = 0; y < height; y += 1) {
    rgb.copy(lines, y * (width * 3 + 1) + 1, y * width * 3, (y + 1) * width * 3)
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(lines)), chunk('IEND')])
}

function chunk(type, data = Buffer.alloc(0)) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
