const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** The words of a piece of markup, as whoever reads the page gets them. */
export const wordsOf = (markup: string): string =>
  markup.replace(/<[^>]*>/gu, '').replace(/&(amp|lt|gt|quot|#39);/gu, (_, name: string) => NAMED[name] ?? '')
