import type { EntityKind } from '../../shared/domain/entities.ts';
import type { Space } from './engine/space.ts';

export async function contentDigestOf(_space: Space, _entity: EntityKind | null): Promise<{ readonly digest: string; readonly records: number }> {
  return Promise.reject(new Error('awaits shared/domain/content-digest.ts'));
}
