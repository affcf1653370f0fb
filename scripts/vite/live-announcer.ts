import type { Plugin } from 'vite'

const ASSIGNMENT = /\.innerHTML\s*=\s*(['"])\1/g
const ANY_ASSIGNMENT = /\.(?:innerHTML|outerHTML)\s*=(?!=)/
const EXPECTED = 2

/**
 * react-aria's LiveAnnouncer empties its log by `innerHTML = ''`. Under Trusted Types even the empty string
 * throws, and the exception unmounts the page at the first digit typed into a date field. `replaceChildren()`
 * does the same without a sink. When a new release no longer looks as we know it, the build stops: a silent
 * miss would be found by a clinician in the middle of a form.
 */
export function liveAnnouncer(): Plugin {
  return {
    name: 'bracket:live-announcer',
    apply: 'build',
    transform(code, id) {
      if (!/[\\/]node_modules[\\/](?:@react-aria[\\/]|react-aria(?:-components)?[\\/])/.test(id))
        return undefined
      let replaced = 0
      const result = code.replace(ASSIGNMENT, () => {
        replaced += 1
        return '.replaceChildren()'
      })
      // Not the shim of the same name that only re-exports it.
      const isAnnouncer = /\bclass\s+[\w$]*LiveAnnouncer\b/.test(code)
      if (isAnnouncer && replaced !== EXPECTED) {
        this.error(`react-aria's LiveAnnouncer has changed: ${replaced} of ${EXPECTED} places found`)
      }
      if (ANY_ASSIGNMENT.test(result)) {
        this.error(`react-aria writes markup in a new place, which Trusted Types will refuse: ${id}`)
      }
      return replaced > 0 ? { code: result, map: null } : undefined
    },
  }
}
