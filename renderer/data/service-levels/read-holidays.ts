import type { ServiceLevelCalls } from './target-view.ts';

/** Years a rule such as Easter is written out for: the last, this, and the next ten. */
const yearsAhead = 10;

/** The parser of feeds is loaded when somebody has a feed. */
export async function readHolidays(text: string, now: number): Promise<ServiceLevelCalls['readHolidayFeed']['output']> {
  const { readHolidayFeed } = await import('../../../shared/domain/calendar/holiday-feed.ts');
  const year = new Date(now).getUTCFullYear();
  return readHolidayFeed(text, year - 1, year + yearsAhead);
}
