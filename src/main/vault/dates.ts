/*
 * Birthdays and other dates as people write them: zxcvbn gives "14 February 1984" its highest score.
 */

const year = '(?:19|20)\\d\\d'
const day = '(?:0?[1-9]|[12]\\d|3[01])'
const month = '(?:0?[1-9]|1[0-2])'
const gap = '[\\s.,/_:-]*'
const names =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|' +
  'nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|' +
  'diciembre|janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|décembre|decembre|' +
  'januar|februar|märz|maerz|juni|juli|oktober|dezember'
const weekdays = '(?:mon|tues|wednes|thurs|fri|satur|sun)day'
const nth = `(?<!\\d)${day}(?:st|nd|rd|th)?(?!\\d)`
const filler = `(?:${gap}(?:of|de|the)(?![\\p{L}]))?${gap}`
const short = "'?\\d\\d(?!\\d)"

// Named months first: in "Feb 14 1984" a purely numeric pattern would take "14 1984" and leave the month.
const patterns = [
  // 14th of February 1984, February 14 '84, 14 February
  `${nth}${filler}(?:${names})(?:${filler}(?:${year}|${short}))?`,
  `(?:${names})${filler}${nth}(?:${filler}(?:${year}|${short}))?`,
  // February 1984, 1984 February 14
  `(?:${names})${filler}${year}`,
  `${year}${gap}(?:${names})(?:${gap}${nth})?`,
  // 1984-02-14, 19840214
  `(?<!\\d)${year}${gap}${month}${gap}${day}(?!\\d)`,
  // 14.02.1984, 02/14/1984, 14021984
  `(?<!\\d)${day}${gap}${month}${gap}${year}(?!\\d)`,
  `(?<!\\d)${month}${gap}${day}${gap}${year}(?!\\d)`,
  // 14.2.84
  `(?<!\\d)${day}[\\s./_-]+${month}[\\s./_-]+\\d\\d(?!\\d)`,
  `(?<!\\d)${month}[\\s./_-]+${day}[\\s./_-]+\\d\\d(?!\\d)`,
  weekdays,
  // the year of a birth or a wedding on its own
  `(?<!\\d)${year}(?!\\d)`,
].map((pattern) => new RegExp(pattern, 'giu'))

/** The text with every date cut out; the same text if it holds none. */
export function withoutDates(text: string): string {
  return patterns.reduce((rest, pattern) => rest.replace(pattern, ' '), text)
}
