import { exportHeader, exportRecord } from '../../../shared/exchange/csv-export.ts';
import { progressMeter } from './progress-meter.ts';
import type { ExportJobPorts, JobFailure } from './ports.ts';

const recordsPerPage = 500;

export interface ExportOutcome {
  readonly records: number;
  readonly cancelled: boolean;
  readonly failure: JobFailure | null;
}

/** Writes the records of a list as CSV in UTF-8 with a byte order mark, without which Excel takes it for Windows-1252. */
export async function runExport(ports: ExportJobPorts): Promise<ExportOutcome> {
  const meter = progressMeter(ports, ports.total);
  const encoder = new TextEncoder();
  let records = 0;
  let offset = 0;
  try {
    await ports.write(encoder.encode(`\uFEFF${exportHeader(ports.entity, ports.fields)}`));
    for (;;) {
      if (ports.cancelled()) return { records, cancelled: true, failure: null };
      if (offset >= ports.total) return { records, cancelled: false, failure: null };
      const page = await ports.page(offset, recordsPerPage);
      const lines = page.map((record) => exportRecord(record, ports.nameReference, ports.fields));
      await ports.write(encoder.encode(lines.join('')));
      records += page.length;
      offset += recordsPerPage;
      meter(Math.min(offset, ports.total), records);
    }
  } catch (error) {
    return {
      records,
      cancelled: false,
      failure: { kind: 'write-failed', detail: error instanceof Error ? error.message : String(error) },
    };
  }
}
