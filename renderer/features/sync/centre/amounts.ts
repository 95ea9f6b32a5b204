import type { IntlShape } from 'react-intl';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** Bytes as people read them: 940 B, 12 kB, 3.4 MB. */
export function bytesText(intl: IntlShape, bytes: number): string {
  const step = bytes < 1_000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const amount = bytes / 1_000 ** step;
  return intl.formatNumber(amount, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'short' : 'short',
    maximumFractionDigits: step > 1 && amount < 100 ? 1 : 0,
  });
}

/** A length of time in ms: 340 ms, 2.4 s, 3 min. */
export function durationText(intl: IntlShape, ms: number): string {
  const [amount, unit] =
    ms < 1_000 ? [ms, 'millisecond'] : ms < 120_000 ? [ms / 1_000, 'second'] : [ms / 60_000, 'minute'];
  return intl.formatNumber(amount, {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: unit === 'second' && amount < 10 ? 1 : 0,
  });
}
