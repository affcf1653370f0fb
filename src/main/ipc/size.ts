/**
 * Is this value at most about `limit` UTF-16 units as JSON? Counts without building the text, stops as soon
 * as it is over, and refuses what JSON has no word for (functions, cycles deeper than any input of ours).
 */
export function withinSize(value: unknown, limit: number): boolean {
  let left = limit
  const visit = (part: unknown, depth: number): boolean => {
    if (depth > 32) return false
    switch (typeof part) {
      case 'string':
        left -= part.length + 2
        break
      case 'object': {
        left -= 2
        if (part === null || left < 0) break
        if (ArrayBuffer.isView(part) || part instanceof ArrayBuffer) return false
        if (Array.isArray(part)) {
          left -= part.length
          for (const item of part) if (left < 0 || !visit(item, depth + 1)) return false
          break
        }
        if (part instanceof Map || part instanceof Set || part instanceof Date) return false
        for (const key of Object.keys(part)) {
          left -= key.length + 4
          if (left < 0 || !visit((part as Record<string, unknown>)[key], depth + 1)) return false
        }
        break
      }
      case 'number':
      case 'boolean':
      case 'undefined':
        left -= 8
        break
      default:
        return false
    }
    return left >= 0
  }
  return visit(value, 0)
}
