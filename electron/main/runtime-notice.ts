/** The Electron major that releases are made on. Any other runtime is for development and tests only. */
export const releaseElectronMajor = 45;

/** Why this runtime may not be shipped, in words for the log and the About box; null on the release runtime. */
export function describeRuntime(electronVersion: string): string | null {
  const major = Number(electronVersion.split('.')[0]);
  if (major === releaseElectronMajor) return null;
  return `This is Electron ${electronVersion}, for development and tests only; releases use Electron ${releaseElectronMajor}.`;
}
