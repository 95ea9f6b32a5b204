/**
 * Channel names of the process boundary, derived from the names in desktop-api.ts, so that the page can reach nothing
 * else. Apart from the schemas, because the sandboxed preload needs these and must not carry zod.
 */
export function callChannel(name: string): string {
  return `holdfast:call:${name}`;
}

export function eventChannel(name: string): string {
  return `holdfast:event:${name}`;
}
