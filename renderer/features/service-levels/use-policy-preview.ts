import { useEffect, useState } from 'react';
import type { RecordValues } from '../../../shared/domain/change.ts';
import type { PolicyPreview } from '../../data/service-levels/target-view.ts';
import { useServices } from '../../services/services.ts';

const pauseMs = 400;

/** What open tickets would make of a definition or calendar as it is in the form, a moment after the last change. */
export function usePolicyPreview(id: string, values: RecordValues | null): PolicyPreview | null {
  const { data } = useServices();
  const [preview, setPreview] = useState<PolicyPreview | null>(null);
  const key = values === null ? '' : JSON.stringify(values);
  useEffect(() => {
    if (key === '') return undefined;
    let isCurrent = true;
    const timer = setTimeout(() => {
      void data.call('previewPolicy', { id, values: JSON.parse(key) as RecordValues }).then((answer) => {
        if (isCurrent) setPreview(answer);
      });
    }, pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [data, id, key]);
  return preview;
}
