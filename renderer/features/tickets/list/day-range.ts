/** Days as date fields have them (`2026-11-24`) and instants (ms), in the zone of this device. */

export function toDayInput(at: number | undefined): string {
  if (at === undefined) return '';
  const date = new Date(at);
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-');
}

/** First instant of the day; undefined while the field is empty or half typed. */
export function dayStart(day: string): number | undefined {
  return startOf(day, 0);
}

/** First instant after the day: the end of a half-open range. */
export function dayEnd(day: string): number | undefined {
  return startOf(day, 1);
}

function startOf(day: string, daysLater: number): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (match === null) return undefined;
  // The calendar's day, not 24 hours: days of a clock change are shorter or longer.
  const at = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + daysLater).getTime();
  return Number.isNaN(at) ? undefined : at;
}
