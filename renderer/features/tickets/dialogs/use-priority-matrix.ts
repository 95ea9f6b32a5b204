import { priorityMatrixSetting, readPriorityMatrix } from '../../../../shared/domain/ticket/priority.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { textValue } from '../../../widgets/row-title.ts';

/** The matrix of the space; its id is the setting's name. `problem` says why a stored one does not serve. */
export function usePriorityMatrix(): ReturnType<typeof readPriorityMatrix> {
  const { result } = useWatch({ type: 'record', id: priorityMatrixSetting });
  const stored = result === null || result === undefined ? '' : textValue(result.values, 'value');
  return readPriorityMatrix(parseJson(stored));
}

function parseJson(stored: string): unknown {
  try {
    return stored === '' ? undefined : JSON.parse(stored);
  } catch {
    // Not JSON: told as a matrix that does not fit, and the default serves until it is mended.
    return stored;
  }
}
