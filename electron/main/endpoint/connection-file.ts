import path from 'node:path';
import { z } from 'zod';
import { deviceIdPattern } from '../../../shared/sync/device-id.ts';
import { writeAtomically } from '../journal/atomic-file.ts';
import type { FileSystem } from '../journal/file-system.ts';
import type { Log } from '../log.ts';
import type { SecretSeal } from './secret-seal.ts';

const deviceId = z.string().regex(deviceIdPattern);
const linkShape = z.strictObject({
  /** The device that is enrolled. */
  device: deviceId,
  url: z.string(),
  /** Id of the endpoint's space. */
  space: z.string(),
  account: z.string(),
  person: z.string(),
  roles: z.array(z.string()),
  deviceName: z.string(),
  lastContactAt: z.int().nullable(),
});
export type Link = Readonly<z.infer<typeof linkShape>>;

const secretShape = z.strictObject({ privateKey: z.string(), refreshToken: z.string().nullable() });

/** What main keeps of the way to an endpoint: who it is there, the key of the device and the next refresh token. */
export interface Connection {
  /** What this installation has been enrolled as: it vouches for their operations, also after it was renewed. */
  readonly devices: readonly string[];
  /** An endpoint takes a device under one key only, so the key outlives the link. */
  readonly privateKey: string;
  readonly refreshToken: string | null;
  /** Null before an enrolment has succeeded and after it was given up. */
  readonly link: Link | null;
}

const fileShape = z.strictObject({
  format: z.literal(1),
  devices: z.array(deviceId),
  link: linkShape.nullable(),
  /** One of them: `sealed` by the system's key, or `plain` where it has none. */
  sealed: z.string().nullable(),
  plain: secretShape.nullable(),
});

/** The file of one space. Readable by its owner only (the disk makes files so), whole or not at all. */
export class ConnectionFile {
  readonly #disk: FileSystem;
  readonly #file: string;
  readonly #seal: SecretSeal;
  readonly #log: Log;
  #hasSaidPlain = false;

  constructor(disk: FileSystem, folder: string, seal: SecretSeal, log: Log) {
    this.#disk = disk;
    this.#file = path.join(folder, 'endpoint.json');
    this.#seal = seal;
    this.#log = log;
  }

  /** Null when there is none, or none that can be read: the device must then be enrolled again, nothing else is lost. */
  async read(): Promise<Connection | null> {
    const bytes = await this.#disk.readFile(this.#file);
    if (bytes === null) return null;
    try {
      const { devices, link, sealed, plain } = fileShape.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
      const secret = sealed === null ? plain : secretShape.parse(JSON.parse(this.#seal.open(sealed)));
      if (secret === null) throw new Error('the file holds no key');
      return { devices, link, ...secret };
    } catch (error) {
      // Only the name of the error: its text may quote the secret.
      const message = `the connection file cannot be read, so the device must be enrolled again: ${error instanceof Error ? error.name : 'unknown'}`;
      this.#log({ level: 'error', where: 'endpoint', message });
      return null;
    }
  }

  /** Resolves when it is on the disk. */
  async write({ devices, link, privateKey, refreshToken }: Connection): Promise<void> {
    const secret = { privateKey, refreshToken };
    const sealed = this.#seal.seal(JSON.stringify(secret));
    if (sealed === null) this.#sayPlain();
    const content = { format: 1, devices, link, sealed, plain: sealed === null ? secret : null };
    await writeAtomically(this.#disk, this.#file, Buffer.from(`${JSON.stringify(content)}\n`));
  }

  #sayPlain(): void {
    if (this.#hasSaidPlain) return;
    this.#hasSaidPlain = true;
    const message =
      'this system has no keyring that encrypts: the device key and the refresh token are kept in a file only this user can read';
    this.#log({ level: 'warning', where: 'endpoint', message });
  }
}
