import {
  nextUpdateAt,
  standingOf,
  type UpdateStanding,
} from '../../../shared/domain/major-incident/communication-plan.ts';
import type { RecordValues } from '../../../shared/domain/change.ts';
import type { Row } from '../../data/data-api.ts';
import { useServices } from '../../services/services.ts';
import { useNow } from '../../services/use-now.ts';
import { useWatch } from '../../services/use-watch.ts';

const shownAtMost = 200;

/** Updates of a major incident, newest first. */
export function useUpdates(id: string): readonly Row[] {
  const { result } = useWatch({
    type: 'list',
    entity: 'major-update',
    where: [{ field: 'majorIncident', op: 'in', values: [id] }],
    search: '',
    sort: [{ field: 'writtenAt', direction: 'descending' }],
    offset: 0,
    limit: shownAtMost,
  });
  return result?.rows ?? [];
}

/** When the next update is due and how that stands by the clock; null while none is. */
export function useNextUpdate(
  values: RecordValues,
  updates: readonly Row[],
): { readonly at: number; readonly standing: UpdateStanding } | null {
  const { now: clock } = useServices();
  const now = useNow(clock);
  const last = updates[0]?.values['writtenAt'];
  const at = nextUpdateAt(values, typeof last === 'number' ? last : null);
  return at === null ? null : { at, standing: standingOf(at, now) };
}
