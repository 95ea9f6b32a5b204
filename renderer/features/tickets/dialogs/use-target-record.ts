import type { RecordView } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';

/** The ticket a dialog is about, when it is about one; null for many, and until it was read. */
export function useTargetRecord(ids: readonly string[]): RecordView | null {
  const [id] = ids;
  const { result } = useWatch(id !== undefined && ids.length === 1 ? { type: 'record', id } : null);
  return result?.id === id ? (result ?? null) : null;
}
