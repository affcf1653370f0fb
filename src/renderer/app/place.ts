export { initialCaret, reportCaret } from '../api/place.ts'
