/** Made from the contract at build time by scripts/vite/channel-names.ts: names as `domain.verb`, no schemas. */
declare module 'virtual:channel-names' {
  export const appChannels: readonly string[]
  export const unlockChannels: readonly string[]
  export const appEvents: readonly string[]
  export const unlockEvents: readonly string[]
}
