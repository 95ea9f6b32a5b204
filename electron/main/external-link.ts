/** Schemes that may leave the program, each opened by the system's own handler. */
const openSchemes: ReadonlySet<string> = new Set(['https:', 'http:', 'mailto:', 'tel:']);

/**
 * Decides whether an address from a record may be handed to the operating system. Everything that could start a
 * program, touch a file or reach a network share is refused: an address may come from anybody who can write a ticket.
 * @returns the normalised address, or null when it is refused
 */
export function checkExternalLink(address: string): string | null {
  // Backslashes and control characters are what turns a link into a network path or a second argument.
  if (/[\u0000-\u0020\u007f-\u009f\\]/.test(address)) return null;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (!openSchemes.has(url.protocol)) return null;
  if (url.username !== '' || url.password !== '') return null;
  if ((url.protocol === 'https:' || url.protocol === 'http:') && url.hostname === '') return null;
  return url.href;
}
