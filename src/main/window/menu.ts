import { Menu, type MenuItemConstructorOptions } from 'electron'

export interface MenuCommands {
  today(): void
  settings(): void
  lock(): void
}

/**
 * macOS expects every command in the menu bar, and without an Edit menu its clipboard keys do nothing.
 * Elsewhere there is none: Electron's own would offer pages on the network and a reload in mid-sentence.
 */
export function setMenu(commands: MenuCommands): void {
  if (process.platform !== 'darwin') {
    Menu.setApplicationMenu(null)
    return
  }
  const template: MenuItemConstructorOptions[] = [
    {
      role: 'appMenu',
      submenu: [
        { role: 'about' },
        { type: 'separator' },
        { label: 'Settings…', accelerator: 'Cmd+,', click: commands.settings },
        { label: 'Lock', accelerator: 'Cmd+Shift+L', click: commands.lock },
        { type: 'separator' },
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        { type: 'separator' },
        { role: 'quit' },
      ],
    },
    {
      label: 'Edit',
      submenu: [
        { role: 'undo' },
        { role: 'redo' },
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'pasteAndMatchStyle' },
        { role: 'selectAll' },
      ],
    },
    { label: 'Go', submenu: [{ label: 'Today', accelerator: 'Cmd+1', click: commands.today }] },
    { role: 'windowMenu' },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
