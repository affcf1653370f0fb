/* What is on screen and what is on paper are read by the same code; it lives where main finds it, too. */
export * from '../../shared/document/blocks.ts'
