export * from '../../shared/document/sectionBlocks.ts'
