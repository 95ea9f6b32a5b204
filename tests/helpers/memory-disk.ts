import path from 'node:path';
import type { DiskSpace, FileSystem, OpenFile } from '../../electron/main/journal/file-system.ts';

interface FileNode {
  readonly kind: 'file';
  data: Buffer;
  /** What a power cut leaves. */
  durable: Buffer;
}

interface FolderNode {
  readonly kind: 'folder';
  live: Map<string, Node>;
  durable: Map<string, Node>;
}

type Node = FileNode | FolderNode;

/** An error as the system gives it. */
export function systemError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${code}: ${syscall}`), { code, syscall });
}

const newFolder = (): FolderNode => ({ kind: 'folder', live: new Map(), durable: new Map() });

/**
 * A disk in memory that knows what is durable: content after `sync`, names after `syncFolder`. Any single call can be
 * made to fail (a failing write leaves half its bytes), space can run out, and the power can be cut.
 */
export class MemoryDisk implements FileSystem {
  /** Calls so far. */
  calls = 0;
  syncs = 0;
  /** Number of the first call that fails, and how many fail from there; 0 for none. */
  failFrom = 0;
  failCount = 1;
  failCode = 'EIO';
  /** Bytes that fit on the disk. */
  capacity = Number.POSITIVE_INFINITY;
  #root = newFolder();

  /** Everything not synced is gone. */
  cutPower(): void {
    const revert = (folder: FolderNode): void => {
      folder.live = new Map(folder.durable);
      for (const node of folder.live.values()) {
        if (node.kind === 'folder') revert(node);
        else node.data = Buffer.from(node.durable);
      }
    };
    revert(this.#root);
  }

  /** Content of a file as it is now, to be damaged by tests. */
  peek(file: string): Buffer {
    const node = this.#find(file);
    if (node?.kind !== 'file') throw new Error(`no file ${file}`);
    return node.data;
  }

  poke(file: string, data: Buffer): void {
    const node = this.#find(file);
    if (node?.kind !== 'file') throw new Error(`no file ${file}`);
    node.data = Buffer.from(data);
    node.durable = Buffer.from(data);
  }

  async open(file: string, mode: 'read' | 'write'): Promise<OpenFile> {
    await this.#step('open');
    let node = this.#find(file);
    if (node === undefined && mode === 'write') {
      node = { kind: 'file', data: Buffer.alloc(0), durable: Buffer.alloc(0) };
      this.#folder(path.dirname(file)).live.set(path.basename(file), node);
    }
    if (node?.kind !== 'file') throw systemError('ENOENT', 'open');
    return this.#handle(node);
  }

  async readFile(file: string): Promise<Uint8Array | null> {
    await this.#step('read');
    const node = this.#find(file);
    return node?.kind === 'file' ? Buffer.from(node.data) : null;
  }

  async list(folder: string): Promise<readonly string[]> {
    await this.#step('scandir');
    const node = this.#find(folder);
    return node?.kind === 'folder' ? [...node.live.keys()].sort() : [];
  }

  async makeFolder(folder: string): Promise<void> {
    await this.#step('mkdir');
    let node = this.#root;
    for (const name of split(folder)) {
      const next = node.live.get(name) ?? newFolder();
      if (next.kind !== 'folder') throw systemError('EEXIST', 'mkdir');
      node.live.set(name, next);
      node = next;
    }
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#step('rename');
    const node = this.#find(from);
    if (node === undefined) throw systemError('ENOENT', 'rename');
    this.#folder(path.dirname(from)).live.delete(path.basename(from));
    this.#folder(path.dirname(to)).live.set(path.basename(to), node);
  }

  async remove(target: string): Promise<void> {
    await this.#step('rm');
    const parent = this.#find(path.dirname(target));
    if (parent?.kind === 'folder') parent.live.delete(path.basename(target));
  }

  async syncFolder(folder: string): Promise<void> {
    await this.#step('fsync');
    const node = this.#folder(folder);
    node.durable = new Map(node.live);
  }

  async space(): Promise<DiskSpace> {
    await this.#step('statfs');
    return { freeBytes: this.capacity - this.#used(), totalBytes: this.capacity };
  }

  #handle(node: FileNode): OpenFile {
    return {
      read: async (position, length) => {
        await this.#step('read');
        return Buffer.from(node.data.subarray(position, position + length));
      },
      write: async (position, bytes) => {
        const fits = Math.max(0, Math.min(bytes.length, this.capacity - this.#used() + node.data.length - position));
        const fails = this.#fails();
        this.#put(node, position, bytes.subarray(0, fails ? Math.floor(fits / 2) : fits));
        if (fails) throw systemError(this.failCode, 'write');
        if (fits < bytes.length) throw systemError('ENOSPC', 'write');
      },
      truncate: async (length) => {
        await this.#step('ftruncate');
        node.data = Buffer.from(node.data.subarray(0, length));
      },
      sync: async () => {
        await this.#step('fdatasync');
        this.syncs += 1;
        node.durable = Buffer.from(node.data);
      },
      size: async () => {
        await this.#step('fstat');
        return node.data.length;
      },
      close: () => this.#step('close'),
    };
  }

  #put(node: FileNode, position: number, bytes: Uint8Array): void {
    const grown = Buffer.alloc(Math.max(node.data.length, position + bytes.length));
    node.data.copy(grown);
    grown.set(bytes, position);
    node.data = grown;
  }

  #fails(): boolean {
    this.calls += 1;
    return this.failFrom > 0 && this.calls >= this.failFrom && this.calls < this.failFrom + this.failCount;
  }

  async #step(syscall: string): Promise<void> {
    const fails = this.#fails();
    await Promise.resolve();
    if (fails) throw systemError(this.failCode, syscall);
  }

  #used(): number {
    const sizeOf = (node: Node): number =>
      node.kind === 'file' ? node.data.length : [...node.live.values()].reduce((sum, child) => sum + sizeOf(child), 0);
    return sizeOf(this.#root);
  }

  #find(target: string): Node | undefined {
    let node: Node | undefined = this.#root;
    for (const name of split(target)) node = node?.kind === 'folder' ? node.live.get(name) : undefined;
    return node;
  }

  #folder(folder: string): FolderNode {
    const node = this.#find(folder);
    if (node?.kind !== 'folder') throw systemError('ENOENT', 'open');
    return node;
  }
}

function split(target: string): readonly string[] {
  return target.split('/').filter((name) => name !== '');
}
