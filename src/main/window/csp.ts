/**
 * No `unsafe-inline`, no nonce, no eval, no WASM, no connection. Everything the page uses was seen to run
 * under exactly this. `lexical` is the policy of its clipboard code, which creates it again at each paste.
 */
export const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "worker-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types lexical bracket-worker 'allow-duplicates'",
].join('; ')

/** For hot reload, in an unpackaged run alone: the dev server's origin and socket, and this run's nonce. */
export function developmentCsp(nonce: string): string {
  return CSP.replace("script-src 'self'", `script-src 'self' 'nonce-${nonce}'`)
    .replace("style-src 'self'", `style-src 'self' 'nonce-${nonce}'`)
    .replace("connect-src 'none'", "connect-src 'self' ws://localhost:*")
    .replace("require-trusted-types-for 'script'; ", '')
    .replace(/; trusted-types .*$/u, '')
}
