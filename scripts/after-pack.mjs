import { rmSync } from 'node:fs'
import path from 'node:path'

/**
 * electron-builder's hook, before fuses are set and anything is signed: the development binary's stand-in for a
 * default application, and the file that tells its version, have no place in what ships.
 * @param {{ appOutDir: string, electronPlatformName: string, packager: { appInfo: { productFilename: string } } }} context
 */
export default function afterPack(context) {
  const resources =
    context.electronPlatformName === 'darwin'
      ? path.join(context.appOutDir, `${context.packager.appInfo.productFilename}.app`, 'Contents/Resources')
      : path.join(context.appOutDir, 'resources')
  rmSync(path.join(resources, 'default_app.asar'), { force: true })
  rmSync(path.join(context.appOutDir, 'version'), { force: true })
}
