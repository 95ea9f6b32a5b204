import type { EntityKind } from '../../../shared/domain/entities.ts';
import type { ImportReport } from '../../../shared/exchange/import-report.ts';
import type { Mapping, PresetName } from '../../../shared/exchange/mapping.ts';
import type { DataClient } from '../../data/data-client.ts';
import type { ImportFile, ImportFileOutcome, PastImport } from '../../data/exchange/exchange-api.ts';
import type { JobFailure } from '../../data/exchange/ports.ts';
import type { ImportPreview } from '../../data/exchange/preview-import.ts';
import type { TableForm } from '../../data/exchange/read-table.ts';
import type { DesktopApi } from '../../../shared/desktop-api.ts';

/** In the order in which a person goes through them. */
export const importSteps = ['file', 'columns', 'preview', 'check', 'run', 'report'] as const;
export type ImportStepName = (typeof importSteps)[number];

/** Where the person is with an import. It lives as long as the window, wherever they go meanwhile. */
export interface ImportState {
  readonly step: ImportStepName;
  readonly file: ImportFile | null;
  readonly form: TableForm;
  readonly preview: ImportPreview | null;
  /** The beginning of the file is being read. */
  readonly isReading: boolean;
  readonly failure: JobFailure | null;
  readonly checked: ImportFileOutcome | null;
  /** Report on screen: of the import just made, or of a past one. */
  readonly shown: { readonly file: string; readonly report: ImportReport; readonly failure: JobFailure | null } | null;
  readonly past: readonly PastImport[] | null;
}

const initial: ImportState = {
  step: 'file',
  file: null,
  form: {},
  preview: null,
  isReading: false,
  failure: null,
  checked: null,
  shown: null,
  past: null,
};

export interface SessionParts {
  readonly data: Pick<DataClient, 'call'>;
  readonly desktop: Pick<DesktopApi, 'call'>;
  /** IANA zone of the desk, for times without one. */
  readonly zone: string;
}

/** What a person may say of a file in place of what was recognised. */
export interface Recognised {
  readonly preset?: PresetName;
  readonly entity?: EntityKind;
}

/** The import a window is busy with. Screens hear of every change by `subscribe`. */
export class ImportSession {
  readonly #parts: SessionParts;
  readonly #heard = new Set<() => void>();
  #state = initial;
  /** Only the answer to the last question counts. */
  #asked = 0;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  readonly getState = (): ImportState => this.#state;

  readonly subscribe = (heard: () => void): (() => void) => {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  };

  #set(change: Partial<ImportState>): void {
    this.#state = { ...this.#state, ...change };
    for (const heard of this.#heard) heard();
  }

  /** Shows the open dialog; nothing changes when the person cancels it. */
  async choose(): Promise<void> {
    const opened = await this.#parts.desktop.call('fileOpen', { purpose: 'import' });
    if (!opened.ok) this.#set({ failure: { kind: 'read-failed', detail: opened.failure.message } });
    else if (opened.value !== null) await this.open(opened.value);
  }

  /** Begins with a file: reads its first rows and goes to the columns. */
  async open(file: ImportFile): Promise<void> {
    if (this.#state.step === 'run') return;
    await this.#close();
    this.#set({ ...initial, past: this.#state.past, file });
    await this.#read({});
    if (this.#state.preview !== null) this.#set({ step: 'columns' });
  }

  /** Reads the beginning of the file again, as a person says it is to be read. */
  async reread(form: TableForm, recognised: Recognised = {}): Promise<void> {
    this.#set({ form });
    await this.#read(recognised);
  }

  async remap(mapping: Mapping): Promise<void> {
    const { preview } = this.#state;
    // The choice shows at once, its verdicts when they come.
    if (preview !== null) this.#set({ preview: { ...preview, mapping } });
    await this.#read({ mapping });
  }

  async #read(how: Recognised & { readonly mapping?: Mapping }): Promise<void> {
    const { file, form } = this.#state;
    if (file === null) return;
    const question = (this.#asked += 1);
    this.#set({ isReading: true, failure: null, checked: null });
    const answer = await this.#parts.data.call('previewImport', { file, zone: this.#parts.zone, form, ...how });
    if (question !== this.#asked) return;
    if (answer.ok) this.#set({ isReading: false, preview: answer.value });
    else this.#set({ isReading: false, preview: null, failure: answer.failure, step: 'file' });
  }

  goTo(step: 'file' | 'columns' | 'preview' | 'check'): void {
    if (this.#state.step === 'run') return;
    this.#set({ step, failure: null });
  }

  /** Plans the whole file without writing anything. */
  async check(): Promise<void> {
    this.#set({ step: 'check', checked: null, failure: null });
    const outcome = await this.#importFile(true);
    if (outcome !== null && this.#state.step === 'check') this.#set({ checked: outcome, failure: outcome.failure });
  }

  /**
   * Imports the file, without a preview by what its columns suggest. Returns what became of it.
   * @param beforeReport called before the report shows: who sees it can take the import back with the next key
   */
  async run(beforeReport: (report: ImportReport) => void): Promise<ImportFileOutcome | null> {
    const before = this.#state.step;
    this.#set({ step: 'run', failure: null });
    const outcome = await this.#importFile(false);
    const { file } = this.#state;
    if (outcome === null || file === null) return null;
    if (outcome.report === null) {
      this.#set({ step: before, failure: outcome.failure });
      return outcome;
    }
    beforeReport(outcome.report);
    this.#set({ step: 'report', shown: { file: file.name, report: outcome.report, failure: outcome.failure } });
    await this.#close();
    return outcome;
  }

  async #importFile(dryRun: boolean): Promise<ImportFileOutcome | null> {
    const { file, form, preview } = this.#state;
    if (file === null) return null;
    const mapping = preview === null ? {} : { mapping: preview.mapping };
    const { data, desktop, zone } = this.#parts;
    try {
      return await data.call('importFile', { file, zone, form, dryRun, ...mapping });
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      void desktop.call('logError', { message: message.slice(0, 2_000), where: 'import' });
      return { report: null, failure: { kind: 'write-failed', detail: message.split('\n', 1)[0] ?? '' } };
    }
  }

  async cancel(): Promise<void> {
    await this.#parts.data.call('cancelJob', null);
  }

  /** Back to the start, for another file. */
  async startOver(): Promise<void> {
    if (this.#state.step === 'run') return;
    await this.#close();
    this.#set({ ...initial, past: this.#state.past });
  }

  async loadPast(): Promise<void> {
    this.#set({ past: await this.#parts.data.call('pastImports', null) });
  }

  showPast({ note }: PastImport): void {
    if (note === null || this.#state.step === 'run') return;
    this.#set({ step: 'report', shown: { file: note.file, report: note.report, failure: null } });
  }

  /** Main holds a file open until it is told that nobody reads it any more. */
  async #close(): Promise<void> {
    const { file } = this.#state;
    if (file !== null && 'handle' in file) await this.#parts.desktop.call('fileClose', { handle: file.handle });
    if (file !== null) this.#set({ file: null });
  }
}
