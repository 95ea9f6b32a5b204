import type { DesktopFailure } from '../../shared/desktop-api.ts';

/** A failure of a desktop call that the caller can act on. Crosses the boundary as a value (DesktopFailure). */
export class DesktopError extends Error {
  readonly kind: DesktopFailure['kind'];

  constructor(kind: DesktopFailure['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DesktopError';
    this.kind = kind;
  }
}

const noSpaceCodes: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** The system's code of an I/O error (`ENOSPC`), or null when the error is of another sort. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return null;
  return typeof error.code === 'string' ? error.code : null;
}

export function isDiskFull(error: unknown): boolean {
  if (error instanceof DesktopError) return error.kind === 'disk-full';
  return noSpaceCodes.has(systemCode(error) ?? '');
}

/**
 * What the page is told. Paths and stacks stay in the log: the page has no use for them.
 * @param doing what was being attempted, e.g. `journalAppend`
 */
export function toDesktopFailure(error: unknown, doing: string): DesktopFailure {
  if (error instanceof DesktopError) return { kind: error.kind, message: error.message };
  const code = systemCode(error);
  if (isDiskFull(error))
    return {
      kind: 'disk-full',
      message: `${doing}: no space left on the disk (${code}); free some space and it resumes`,
    };
  if (code !== null) return { kind: 'io', message: `${doing}: the disk answered ${code}` };
  return { kind: 'internal', message: `${doing}: unexpected error; the log has the details` };
}
