import { unlockChannels, unlockEvents } from 'virtual:channel-names'
import { expose } from './expose.ts'

expose(unlockChannels, unlockEvents)
