import { appChannels, appEvents } from 'virtual:channel-names'
import { expose } from './expose.ts'

expose(appChannels, appEvents)
