import { journalAppendLimits, type DesktopApi } from '../../../shared/desktop-api.ts';
import { sealOperation } from '../../../shared/sync/operation-hash.ts';
import type { FieldValue } from '../../../shared/sync/operation.ts';
import { openDesktop } from '../../../renderer/desktop/desktop.ts';

const space = 'raw';

/**
 * What any store must add to keep this program's promise: an operation in the hash chain for each record written, and
 * the fsynced journal in the main process.
 */
export class OwnOperations {
  #desktop: DesktopApi | null = null;
  #device = '';
  #seq = 0;
  #hash = '';

  async open(): Promise<void> {
    this.#desktop = await openDesktop();
    const answer = await this.#desktop.call('journalOpen', { space });
    if (!answer.ok) throw new Error(answer.failure.message);
    this.#device = answer.value.device;
    this.#seq = answer.value.lastSeq;
  }

  /** The next operation as one line of text. */
  seal(entity: string, id: string, fields: Readonly<Record<string, FieldValue>>): string {
    const { text, hash } = sealOperation({
      device: this.#device,
      seq: ++this.#seq,
      at: [Date.now(), 0],
      clockOffset: null,
      user: 'bench',
      schemaVersion: 1,
      previousHash: this.#hash,
      command: 'bench.write',
      writes: [{ entity, id, fields, parents: {} }],
    });
    this.#hash = hash;
    return text;
  }

  /** Resolves when the newest operations, these lines, are on the disk. */
  async append(lines: readonly string[]): Promise<void> {
    if (!this.#desktop) throw new Error('open the journal first');
    const first = this.#seq - lines.length + 1;
    for (let at = 0; at < lines.length; at += journalAppendLimits.lines) {
      const part = lines.slice(at, at + journalAppendLimits.lines).join('\n');
      const answer = await this.#desktop.call('journalAppend', { space, first: first + at, lines: part });
      if (!answer.ok) throw new Error(answer.failure.message);
    }
  }
}
