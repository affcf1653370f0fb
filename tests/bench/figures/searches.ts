/** What is looked for, letter by letter: common words, rare ones, two words, and the beginning of a name. */
export const SEARCHES = [
  'sleep',
  'mother',
  'anxiety',
  'panic breath',
  'medication',
  'boundary',
  'the session',
  'brea tra',
  'stone',
  'grief anger',
] as const
