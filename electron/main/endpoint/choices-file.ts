import path from 'node:path';
import { z } from 'zod';
import { syncChoicesSchema, usualChoices, type SyncChoices } from '../../../shared/desktop-endpoint.ts';
import { writeAtomically } from '../journal/atomic-file.ts';
import type { FileSystem } from '../journal/file-system.ts';
import type { Log } from '../log.ts';

const fileShape = z.strictObject({ format: z.literal(1), choices: syncChoicesSchema });

/** What a person has chosen for the exchange of one space. Apart from the connection: it holds no secret and outlives it. */
export class ChoicesFile {
  readonly #disk: FileSystem;
  readonly #file: string;
  readonly #log: Log;
  #writing: Promise<void> = Promise.resolve();

  constructor(disk: FileSystem, folder: string, log: Log) {
    this.#disk = disk;
    this.#file = path.join(folder, 'sync.json');
    this.#log = log;
  }

  /** The usual ones when there are none, or none that can be read. */
  async read(): Promise<SyncChoices> {
    const bytes = await this.#disk.readFile(this.#file);
    if (bytes === null) return usualChoices;
    try {
      return fileShape.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))).choices;
    } catch (error) {
      const name = error instanceof Error ? error.name : 'unknown';
      this.#log({ level: 'error', where: 'endpoint', message: `the choices for the exchange cannot be read: ${name}` });
      return usualChoices;
    }
  }

  /** Resolves when they are on the disk. One at a time: a file is written beside itself first. */
  async write(choices: SyncChoices): Promise<void> {
    const writing = this.#writing.then(async () => {
      await writeAtomically(this.#disk, this.#file, Buffer.from(`${JSON.stringify({ format: 1, choices })}\n`));
    });
    this.#writing = writing.catch(() => undefined);
    await writing;
  }
}
