import path from 'node:path';

/**
 * Folder of the profile when the system's default will not do. On Windows the default roams with the person between
 * machines, which a database does not survive: the local folder is used there (architecture section 3).
 * @returns null to leave the default
 */
export function chooseProfile(
  asked: string | null,
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
  workingFolder: string,
): string | null {
  if (asked !== null) return path.resolve(workingFolder, asked);
  const local = environment['LOCALAPPDATA'];
  return platform === 'win32' && local !== undefined && local !== '' ? path.join(local, 'Holdfast') : null;
}
