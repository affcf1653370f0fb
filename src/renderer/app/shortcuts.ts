import { PEOPLE } from '../api/people.ts'
import type { ShortcutGroup } from '../ui/ShortcutsDialog.tsx'

/** What the page of shortcuts lists; the whole page's own keys are bound in Shell.tsx, the editor's in editor/. */
export const shortcutGroups = (person: keyof typeof PEOPLE): readonly ShortcutGroup[] => [
  {
    heading: 'Anywhere',
    rows: [
      { keys: 'Mod+K', does: 'Command palette' },
      { keys: 'Mod+1', does: 'Today' },
      { keys: 'Mod+2', does: PEOPLE[person] },
      { keys: 'Mod+4', does: 'Search' },
      { keys: 'Mod+O', does: `Open ${person}` },
      { keys: 'Mod+N', does: 'New note (contact now)' },
      { keys: 'Mod+Shift+F', does: 'Search everything' },
      { keys: 'Mod+Shift+L', does: 'Lock' },
      { keys: 'Mod+,', does: 'Settings' },
      { keys: 'Mod+/', does: 'Shortcuts' },
      { keys: 'F6', does: 'Next pane' },
      { keys: 'Shift+F6', does: 'Previous pane' },
    ],
  },
  {
    heading: 'Writing',
    rows: [
      { keys: 'Mod+J', does: 'Progress note ↔ private note' },
      { keys: 'Mod+Shift+J', does: 'Move words to the other note…' },
      { keys: 'Mod+Alt+Up', does: 'Previous section' },
      { keys: 'Mod+Alt+Down', does: 'Next section' },
      { keys: 'Mod+Alt+1', does: 'Send this line to the first section (2, 3 … the others)' },
      { keys: 'Mod+Shift+D', does: 'Carry forward from the last note' },
      { keys: 'Mod+F', does: 'Find in note' },
      { keys: 'F3', does: 'Next found' },
      { keys: 'Mod+Z', does: 'Undo' },
      { keys: 'Mod+Shift+8', does: 'Bullets' },
      { keys: 'Mod+Shift+9', does: 'Quotation, and who said it' },
      { keys: 'Mod+.', does: 'The page alone (focus)' },
      { keys: ';', does: 'Shorthand, at the start of a word' },
      { keys: 'F7', does: 'Next misspelling' },
      { keys: 'Mod+S', does: 'Save now' },
      { keys: 'Mod+Enter', does: 'Sign…' },
      { keys: 'Mod+P', does: 'Print a signed note' },
    ],
  },
]
