/** Names Windows keeps for devices, with or without an extension. */
const reserved = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?$/i;

/** What the desk writes files as. */
export type SavedKind = 'csv' | 'json' | 'pdf';

/**
 * Makes a file name for the save dialog out of what the page suggests: never a path, nothing a file system trips over.
 * The person sees it and may change it.
 */
export function checkSuggestedName(suggested: string, kind: SavedKind): string {
  const extension = `.${kind}`;
  const bare = suggested.toLowerCase().endsWith(extension) ? suggested.slice(0, -extension.length) : suggested;
  const clean = bare
    .normalize('NFC')
    .replaceAll(/[\p{C}<>:"/\\|?*]/gu, '-')
    .replaceAll(/^[.\s-]+|[.\s]+$/g, '')
    .slice(0, 80);
  return `${clean === '' || reserved.test(clean) ? 'holdfast-export' : clean}${extension}`;
}
