import { app } from 'electron'

/**
 * On Linux, where drivers differ most and many computers have no graphics card, its emulation would take 70 ms of
 * every start (ADR 0023). Must run before the application is ready.
 */
export function drawWithoutGraphicsCard(): void {
  if (process.platform === 'linux') app.disableHardwareAcceleration()
}
