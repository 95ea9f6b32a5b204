/**
 * Class names of a CSS module, joined. Falsy names are left out, so that conditions read in place:
 * `classNames(styles, 'row', isCurrent && 'current')`. A test proves that every name used exists in its sheet.
 */
export function classNames(
  sheet: Readonly<Record<string, string>>,
  ...names: readonly (string | false | null | undefined)[]
): string {
  const found: string[] = [];
  for (const name of names) {
    const known = name ? sheet[name] : undefined;
    if (known !== undefined) found.push(known);
  }
  return found.join(' ');
}
