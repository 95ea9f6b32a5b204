import { scannedText } from '../../../../shared/domain/label/asset-link.ts';
import type { ListResult, RecordView } from '../../../data/data-api.ts';
import type { DataClient } from '../../../data/data-client.ts';

export interface FoundAsset {
  readonly id: string;
  readonly name: string;
}

/**
 * The asset a scanned text means: by its label, reference, asset tag or serial number, as it is or in capitals. Null
 * when none has it, or when two have: then only a person can say which it is.
 */
export async function findScanned(data: Pick<DataClient, 'call'>, scanned: string): Promise<FoundAsset | null> {
  const text = scannedText(scanned);
  const spellings = [...new Set([text, text.toUpperCase()])];
  for (const field of ['reference', 'assetTag', 'serial']) {
    const found = (await data.call('query', {
      type: 'list',
      entity: 'asset',
      where: [
        { field, op: 'in', values: spellings },
        { field: 'active', op: 'not-in', values: ['false'] },
      ],
      search: '',
      sort: [],
      offset: 0,
      limit: 2,
    })) as ListResult;
    const [row] = found.rows;
    if (row !== undefined) return found.rows.length > 1 ? null : { id: row.id, name: nameOf(row) };
  }
  // A label of an asset without a reference names its id.
  const id = text.toLowerCase();
  const record = (await data.call('query', { type: 'record', id })) as RecordView | null;
  return record?.entity === 'asset' ? { id, name: nameOf(record) } : null;
}

function nameOf({ id, values }: { readonly id: string; readonly values: RecordView['values'] }): string {
  return typeof values['name'] === 'string' ? values['name'] : id;
}
