export { emptySection, readSection, sectionOf } from '../../shared/document/sectionBlocks.ts'
