import type { ImportStep } from '../../shared/exchange/import-step.ts';
import type { DataCalls, FileHandle, ImportFileOutcome } from './data-api.ts';
import type { DataService } from './data-service.ts';
import { askDesktop } from './desktop-port.ts';
import type { Intent } from './engine/build-operation.ts';
import { createImportPorts } from './engine/import-ports.ts';
import type { Environment } from './engine/space.ts';
import { runImport } from './exchange/import-job.ts';
import type { FileSource, ImportJobPorts, JobProgress } from './exchange/ports.ts';
import { previewImport } from './exchange/preview-import.ts';

type Told = (progress: JobProgress | null) => void;

/** The long jobs of the worker, one at a time, with progress and cancel. */
export class ExchangeJobs {
  readonly #service: DataService;
  readonly #environment: Environment;
  #cancelled = false;
  #progress: JobProgress | null = null;
  readonly #watches = new Map<string, Told>();

  constructor(service: DataService, environment: Environment) {
    this.#service = service;
    this.#environment = environment;
  }

  get progress(): JobProgress | null {
    return this.#progress;
  }

  watch(key: string, tell: Told): void {
    this.#watches.set(key, tell);
    tell(this.#progress);
  }

  unwatch(key: string): void {
    this.#watches.delete(key);
  }

  cancel(): void {
    this.#cancelled = true;
  }

  async importFile(request: DataCalls['importFile']['input']): Promise<ImportFileOutcome> {
    const source = this.#source(request.file);
    const preview = await previewImport(source, { zone: request.zone });
    if (!preview.ok) return { report: null, failure: preview.failure };
    const { space } = this.#service;
    this.#cancelled = false;
    const ports: ImportJobPorts = {
      ...createImportPorts(space, this.#environment),
      now: this.#environment.now,
      progress: (progress) => {
        this.#tell(progress);
      },
      cancelled: () => this.#cancelled,
      commitSteps: async (steps) => {
        await space.writeBulk(steps.map(intentOf));
      },
    };
    const importId = this.#environment.newId();
    const mapping = request.mapping ?? preview.value.mapping;
    try {
      return await this.#service.whileBusy(() =>
        runImport(source, { importId, mapping, user: space.state.meta.user, dryRun: request.dryRun }, ports),
      );
    } finally {
      this.#tell(null);
    }
  }

  #tell(progress: JobProgress | null): void {
    this.#progress = progress;
    for (const tell of this.#watches.values()) tell(progress);
  }

  #source(file: FileHandle): FileSource {
    return {
      name: file.name,
      bytes: file.bytes,
      readChunk: async (offset, length) =>
        (await askDesktop(this.#service.port, 'fileRead', { handle: file.handle, offset, length })).bytes,
    };
  }
}

function intentOf(step: ImportStep): Intent {
  return { command: step.command, user: step.user, changes: step.changes, occurredAt: step.at };
}
