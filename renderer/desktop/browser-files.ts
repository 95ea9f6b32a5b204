import { StandInFailure, type Handlers } from './stand-in-handlers.ts';

type FileCalls = 'fileOpen' | 'fileRead' | 'fileSaveBegin' | 'fileSaveWrite' | 'fileSaveEnd' | 'fileClose';

/** Files by the browser's own picker and download, behind the same handles as in the shell. */
export function createBrowserFiles(): Pick<Handlers, FileCalls> {
  const opened = new Map<string, File>();
  const saving = new Map<string, { readonly name: string; readonly parts: Uint8Array<ArrayBuffer>[] }>();

  return {
    fileOpen: async () => {
      const file = await pickFile();
      if (file === null) return null;
      const handle = newHandle();
      opened.set(handle, file);
      return { handle, name: file.name, bytes: file.size };
    },
    fileRead: async ({ handle, offset, length }) => {
      const file = opened.get(handle);
      if (file === undefined) throw new StandInFailure('not-found', 'the file is not open');
      return { bytes: new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()) };
    },
    fileSaveBegin: async ({ suggestedName }) => {
      const handle = newHandle();
      saving.set(handle, { name: suggestedName, parts: [] });
      return { handle, name: suggestedName };
    },
    fileSaveWrite: async ({ handle, bytes }) => {
      const file = saving.get(handle);
      if (file === undefined) throw new StandInFailure('not-found', 'the file is not being saved');
      file.parts.push(Uint8Array.from(bytes));
      return null;
    },
    fileSaveEnd: async ({ handle, outcome }) => {
      const file = saving.get(handle);
      if (file === undefined) throw new StandInFailure('not-found', 'the file is not being saved');
      saving.delete(handle);
      if (outcome === 'keep') download(file.name, new Blob(file.parts));
      return null;
    },
    fileClose: async ({ handle }) => {
      opened.delete(handle);
      return null;
    },
  };
}

function newHandle(): string {
  return crypto.randomUUID().replaceAll('-', '');
}

function pickFile(): Promise<File | null> {
  const input = document.createElement('input');
  input.type = 'file';
  return new Promise((resolve) => {
    input.onchange = () => resolve(input.files?.[0] ?? null);
    input.oncancel = () => resolve(null);
    input.click();
  });
}

function download(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser reads the address after the click returns.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
