import { channels, type Audience, type ChannelName } from '../../src/shared/contract/index.ts'

const of = (audience: Audience): ChannelName[] =>
  (Object.keys(channels) as ChannelName[]).filter((name) => channels[name].audience === audience).toSorted()

/** What the application's page may call, and what the page that takes passphrases may. */
export const appChannels: readonly ChannelName[] = of('app')
export const unlockChannels: readonly ChannelName[] = of('unlock')
