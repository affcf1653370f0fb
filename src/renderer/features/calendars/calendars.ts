/* What other screens may use of this feature. */
export { CalendarNews } from './CalendarNews.tsx'
