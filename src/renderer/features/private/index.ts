/** All that other features may see of the private room. */
export { PrivatePane, type PrivatePaneHandle } from './PrivatePane.tsx'
export { PrivateReveal } from './PrivateReveal.tsx'
export { isWrittenPrivately, rememberCrossing } from './beside.ts'
export type { CrossingDirection } from '../../../shared/contract/privateRoom.ts'
export type { Lane } from './lane.ts'
export { useRoom } from './room.ts'
