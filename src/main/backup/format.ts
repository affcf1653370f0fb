/*
 * The fixed words of the format, apart from its schema: the thread that writes a backup needs no more, and starts in
 * a fifth of the time without.
 */

/** Of the file's form. A higher one was made by a newer Bracket and is not guessed at. */
export const BACKUP_FORMAT = 1
export const MANIFEST = 'manifest.json'

/** `private.db-wal` only when a crash left one behind: without it the last private words would be missing. */
export const PART_NAMES = ['vault.json', 'record.db', 'private.db', 'private.db-wal'] as const
export type PartName = (typeof PART_NAMES)[number]

/** Hexadecimal digits at the very end of the file: the SHA-256 of all before them but the parts' own bytes. */
export const DIGEST_LENGTH = 64
