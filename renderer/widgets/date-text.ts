/** The day of an instant (ms) by the desk's clock, as a date field takes it; '' when there is none. */
export function dateText(value: unknown): string {
  if (typeof value !== 'number') return '';
  const date = new Date(value);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The beginning of a day by the desk's clock (ms); null for an empty field. */
export function dateInstant(text: string): number | null {
  const read = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!read) return null;
  return new Date(Number(read[1]), Number(read[2]) - 1, Number(read[3])).getTime();
}

/** The minute of an instant (ms) by the desk's clock, as a date and time field takes it; '' when there is none. */
export function minuteText(value: unknown): string {
  if (typeof value !== 'number') return '';
  const date = new Date(value);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${dateText(value)}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The minute by the desk's clock (ms); null for an empty field. */
export function minuteInstant(text: string): number | null {
  const read = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})/.exec(text);
  if (!read) return null;
  return new Date(Number(read[1]), Number(read[2]) - 1, Number(read[3]), Number(read[4]), Number(read[5])).getTime();
}
