/*
 * What a command-line tool prints; nothing of the application goes this way.
 * Without dependencies: setup.mjs runs before anything is installed.
 */

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`)
}

/** What went wrong, and how a tool is used. @param {string} line */
export function complain(line) {
  process.stderr.write(`${line}\n`)
}

/** The same with the tool's name in front. @param {string} tool @returns {(line: string) => void} */
export const sayAs = (tool) => (line) => say(`${tool}: ${line}`)
