/** Of every vault the bench makes. */
export const PASSPHRASE = 'gravel lantern orbit mustard'
