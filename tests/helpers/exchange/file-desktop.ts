import type { DesktopAnswer, DesktopCall, DesktopInput } from '../../../shared/desktop-api.ts';
import type { FileHandle } from '../../../renderer/data/exchange/exchange-api.ts';
import { createMemoryDesktop, type MemoryDesktop } from '../memory-desktop.ts';

/** The memory desktop with files: some to read, and those that were saved. */
export interface FileDesktop extends MemoryDesktop {
  readonly put: (name: string, bytes: Uint8Array) => FileHandle;
  /** Opens a file for saving, as the save dialog would. */
  readonly save: (name: string) => string;
  /** Files kept, by name. */
  readonly saved: ReadonlyMap<string, Uint8Array>;
  /** Fails the next writes to files that are being saved. */
  failWrites: boolean;
}

export function createFileDesktop(device?: string): FileDesktop {
  const readable = new Map<string, Uint8Array>();
  const saving = new Map<string, { readonly name: string; readonly parts: Uint8Array[] }>();
  const saved = new Map<string, Uint8Array>();
  const memory = createMemoryDesktop(device);
  let handles = 0;
  const newHandle = (): string => `handle-${String((handles += 1)).padStart(16, '0')}`;
  const desktop: FileDesktop = Object.assign(Object.create(memory) as MemoryDesktop, {
    saved,
    failWrites: false,
    put: (name: string, bytes: Uint8Array): FileHandle => {
      const handle = newHandle();
      readable.set(handle, bytes);
      return { handle, name, bytes: bytes.length };
    },
    save: (name: string): string => {
      const handle = newHandle();
      saving.set(handle, { name, parts: [] });
      return handle;
    },
    ask: async (name: DesktopCall, input: unknown): Promise<DesktopAnswer<never>> => {
      if (!name.startsWith('file')) return (await memory.ask(name, input as never)) as DesktopAnswer<never>;
      await Promise.resolve();
      return answer(name, input as { readonly handle: string }) as DesktopAnswer<never>;
    },
  });
  const answer = (name: string, { handle, ...rest }: { readonly handle: string }): DesktopAnswer<DesktopCall> => {
    const ok = (value: unknown): DesktopAnswer<DesktopCall> => ({ ok: true, value }) as DesktopAnswer<DesktopCall>;
    if (name === 'fileRead') {
      const { offset, length } = rest as DesktopInput<'fileRead'>;
      return ok({ bytes: readable.get(handle)?.slice(offset, offset + length) });
    }
    const file = saving.get(handle);
    if (!file) return { ok: false, failure: { kind: 'not-found', message: `${name}: no such file` } };
    if (name === 'fileSaveWrite') {
      if (desktop.failWrites) return { ok: false, failure: { kind: 'disk-full', message: 'no room' } };
      file.parts.push((rest as DesktopInput<'fileSaveWrite'>).bytes);
    } else if ((rest as DesktopInput<'fileSaveEnd'>).outcome === 'keep') {
      saved.set(file.name, new Uint8Array(Buffer.concat(file.parts)));
    }
    if (name === 'fileSaveEnd') saving.delete(handle);
    return ok(null);
  };
  return desktop;
}
