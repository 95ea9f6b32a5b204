/** How much to send or ask for at a time: less while it takes long, so that a slow line makes progress and shows it. */
export interface Portion {
  readonly count: number;
  readonly least: number;
  readonly most: number;
}

const longMs = 20_000;
const shortMs = 5_000;

/** @param ms how long a full portion took; null when it did not come through at all */
export function adaptPortion(portion: Portion, ms: number | null): Portion {
  const { count, least, most } = portion;
  if (ms === null || ms > longMs) return { ...portion, count: Math.max(least, Math.floor(count / 2)) };
  return ms < shortMs ? { ...portion, count: Math.min(most, count * 2) } : portion;
}
