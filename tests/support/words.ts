import { noDetails } from '../../src/shared/document/details.ts'
import type { NoteWords, Section } from '../../src/shared/document/document.ts'
import { soap } from '../../src/shared/document/formats/builtIn.ts'
import { headOf } from '../../src/shared/document/formats/format.ts'

/** A note in SOAP with these sections and nothing beside them, as it is saved. */
export const soapNote = (sections: readonly Section[]): NoteWords & { sections: Section[] } => ({
  format: headOf(soap),
  sections: [...sections],
  details: noDetails,
})
