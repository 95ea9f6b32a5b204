import type { ImportReport } from '../../shared/exchange/import-report.ts';
import type { ImportStep } from '../../shared/exchange/import-step.ts';
import type { DataCalls } from './data-api.ts';
import type { DataService } from './data-service.ts';
import { askDesktop } from './desktop-port.ts';
import type { Intent } from './engine/build-operation.ts';
import { createImportPorts } from './engine/import-ports.ts';
import type { Environment } from './engine/space.ts';
import type { ImportFile, JobState } from './exchange/exchange-api.ts';
import { runExport } from './exchange/export-job.ts';
import { runImport } from './exchange/import-job.ts';
import { keepImportNote, listPastImports } from './exchange/past-imports.ts';
import type { FileSource, JobControl, JobFailure } from './exchange/ports.ts';
import { previewImport } from './exchange/preview-import.ts';
import { createExportPorts } from './exchange/space-export.ts';
import { createUndoPorts } from './exchange/undo-ports.ts';
import { runUndoImport } from './exchange/undo-import-job.ts';

type Told = (state: JobState | null) => void;
type Answer<Name extends keyof DataCalls> = Promise<DataCalls[Name]['output']>;

const busy: JobFailure = { kind: 'busy' };
const nothing = { done: 0, total: 0, rows: 0, rowsPerSecond: 0, secondsLeft: null };

/** The long jobs of the worker, one at a time, with progress and cancel. */
export class ExchangeJobs {
  readonly #service: DataService;
  readonly #environment: Environment;
  #state: JobState | null = null;
  readonly #watches = new Map<string, Told>();

  constructor(service: DataService, environment: Environment) {
    this.#service = service;
    this.#environment = environment;
  }

  get state(): JobState | null {
    return this.#state;
  }

  watch(key: string, tell: Told): void {
    this.#watches.set(key, tell);
    tell(this.#state);
  }

  unwatch(key: string): void {
    this.#watches.delete(key);
  }

  cancel(): void {
    if (this.#state) this.#tell({ ...this.#state, cancelled: true });
  }

  async previewImport(request: DataCalls['previewImport']['input']): Answer<'previewImport'> {
    const { file, zone, mapping, form, entity, preset } = request;
    const context = { zone, ...(entity === undefined ? {} : { entity }), ...(preset === undefined ? {} : { preset }) };
    return previewImport(this.#source(file), context, {
      ...(mapping === undefined ? {} : { mapping }),
      ...(form === undefined ? {} : { form }),
      ports: createImportPorts(this.#service.space, this.#environment),
    });
  }

  async importFile(request: DataCalls['importFile']['input']): Answer<'importFile'> {
    const { file, dryRun } = request;
    const source = this.#source(file);
    const outcome = await this.#run(dryRun ? 'dry-run' : 'import', file.name, async (control) => {
      const form = request.form === undefined ? {} : { form: request.form };
      const mapping = request.mapping ?? (await previewImport(source, { zone: request.zone }, form));
      if ('ok' in mapping && !mapping.ok) return { report: null, failure: mapping.failure };
      const { space, health } = this.#service;
      const ports = {
        ...createImportPorts(space, this.#environment),
        ...control,
        commitSteps: async (steps: readonly ImportStep[]) => {
          await health.whenRoom(() => space.writeBulk(steps.map(intentOf)), control.cancelled);
        },
      };
      const importId = this.#environment.newId();
      const chosen = 'ok' in mapping ? mapping.value.mapping : mapping;
      const { user } = space.state.meta;
      return runImport(source, { importId, mapping: chosen, ...form, user, dryRun }, ports);
    });
    if (outcome === null) return { report: null, failure: busy };
    if (outcome.report !== null && !dryRun && outcome.report.steps > 0) await this.#keepNote(file.name, outcome.report);
    return outcome;
  }

  /** The report is on the screen whatever becomes of the note. */
  async #keepNote(file: string, report: ImportReport): Promise<void> {
    try {
      await keepImportNote(this.#service.space, file, report);
    } catch (error) {
      void this.#service.port.ask('logError', { message: String(error).slice(0, 2_000), where: 'note of an import' });
    }
  }

  async undoImport({ importId, dryRun }: DataCalls['undoImport']['input']): Answer<'undoImport'> {
    const outcome = await this.#run('undo-import', '', async (control) => {
      const none = { deleted: 0, restored: 0, keptRecords: 0, keptFields: 0, cancelled: false };
      try {
        const ports = await createUndoPorts(this.#service.space, importId);
        const commitUndo: typeof ports.commitUndo = (undo, command) =>
          this.#service.health.whenRoom(() => ports.commitUndo(undo, command), control.cancelled);
        return await runUndoImport(importId, dryRun, { ...ports, ...control, commitUndo });
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        void this.#service.port.ask('logError', { message: detail.slice(0, 2_000), where: 'undo of an import' });
        return { ...none, failure: { kind: 'read-failed' as const, detail } };
      }
    });
    if (outcome !== null) return outcome;
    return { deleted: 0, restored: 0, keptRecords: 0, keptFields: 0, cancelled: false, failure: busy };
  }

  async pastImports(): Answer<'pastImports'> {
    return listPastImports(this.#service.space);
  }

  async exportList(request: DataCalls['exportList']['input']): Answer<'exportList'> {
    const { handle } = request;
    const { port } = this.#service;
    const outcome = await this.#run('export', request.name, async (control) => {
      const written = await runExport({
        ...createExportPorts(this.#service.space, request),
        ...control,
        write: async (bytes) => {
          await askDesktop(port, 'fileSaveWrite', { handle, bytes });
        },
      });
      const isWhole = written.failure === null && !written.cancelled;
      const ended = await port.ask('fileSaveEnd', { handle, outcome: isWhole ? 'keep' : 'discard' });
      if (ended.ok || !isWhole) return written;
      return { ...written, failure: { kind: 'write-failed' as const, detail: ended.failure.message } };
    });
    if (outcome !== null) return outcome;
    await port.ask('fileSaveEnd', { handle, outcome: 'discard' });
    return { records: 0, cancelled: false, failure: busy };
  }

  /** Runs one job; null when another runs. */
  async #run<Value>(
    kind: JobState['kind'],
    name: string,
    work: (control: JobControl) => Promise<Value>,
  ): Promise<Value | null> {
    if (this.#state) return null;
    this.#tell({ kind, name, cancelled: false, ...nothing });
    const control: JobControl = {
      now: this.#environment.now,
      progress: (progress) => {
        if (this.#state) this.#tell({ ...this.#state, ...progress });
      },
      cancelled: () => this.#state?.cancelled ?? false,
    };
    try {
      return await this.#service.whileBusy(() => work(control));
    } finally {
      this.#tell(null);
    }
  }

  #tell(state: JobState | null): void {
    this.#state = state;
    for (const tell of this.#watches.values()) tell(state);
  }

  #source(file: ImportFile): FileSource {
    const { name, bytes } = file;
    const readChunk =
      'blob' in file
        ? async (offset: number, length: number) =>
            new Uint8Array(await file.blob.slice(offset, offset + length).arrayBuffer())
        : async (offset: number, length: number) =>
            (await askDesktop(this.#service.port, 'fileRead', { handle: file.handle, offset, length })).bytes;
    return { name, bytes, readChunk };
  }
}

function intentOf(step: ImportStep): Intent {
  return { command: step.command, user: step.user, changes: step.changes, occurredAt: step.at };
}
