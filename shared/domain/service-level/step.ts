/** When a target asks for attention: a share of its open time, or open time (ms) before or after it is due (SLA-12). */
export type Step =
  | { readonly name: string; readonly kind: 'percent'; readonly percent: number }
  | { readonly name: string; readonly kind: 'offset'; readonly ms: number };

export const usualSteps = ['50%', '75%', '100%'] as const;

/** `75%`, `-30m`, `+2h`; null for anything else. Shares go to 100: what comes after the due time is an offset. */
export function readStep(text: string): Step | null {
  const percent = /^(\d{1,3})%$/.exec(text)?.[1];
  if (percent !== undefined) {
    const share = Number(percent);
    return share >= 1 && share <= 100 ? { name: text, kind: 'percent', percent: share } : null;
  }
  const [, sign, amount, unit] = /^([+-])(\d{1,5})([mh])$/.exec(text) ?? [];
  if (sign === undefined || Number(amount) === 0) return null;
  const ms = Number(amount) * (unit === 'h' ? 3_600_000 : 60_000);
  return { name: text, kind: 'offset', ms: sign === '-' ? -ms : ms };
}
