import css from './prose.module.css'

/** Lexical's class names for what it makes. The read-only note uses the same ones (SectionText). */
export const theme = {
  paragraph: css.paragraph ?? '',
  quote: css.quote ?? '',
  list: { ul: css.list ?? '', listitem: css.item ?? '' },
  /** Not Lexical's: on a line that was carried forward and not edited (carriedLines.ts). */
  carried: css.carried ?? '',
  text: { bold: css.bold ?? '', italic: css.italic ?? '' },
}
