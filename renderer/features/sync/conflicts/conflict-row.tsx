import { GitBranch } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ConflictRow } from '../../../data/sync-api.ts';
import { classNames } from '../../../ui/class-names.ts';
import { fieldText } from '../../../widgets/choice-text.ts';
import { Moment } from '../../../widgets/moment.tsx';
import { useSyncText, type SyncText } from '../sync-text.ts';
import styles from './conflict-inbox.module.css';

/** The fields of a row in words, e.g. "2 fields: State, Assignee". */
export function conflictFields(text: SyncText, { entity, fields }: Pick<ConflictRow, 'entity' | 'fields'>): string {
  const names = fields.map(({ field }) => fieldText(text, entity, field.split('/', 1)[0] ?? field));
  return text('conflicts.fields', { count: fields.length, names: names.join(', ') });
}

export function ConflictRowCell({ row }: { readonly row: ConflictRow }): ReactNode {
  const text = useSyncText();
  return (
    <div role="gridcell" className={classNames(styles, 'row')}>
      <GitBranch size={14} aria-hidden className={classNames(styles, 'glyph')} />
      <bdi className={`one-line ${classNames(styles, 'title')}`}>{row.title || row.reference}</bdi>
      <span className={classNames(styles, 'age')}>
        <Moment at={row.at} />
      </span>
      <span className={`one-line ${classNames(styles, 'fields')}`}>
        <bdi className="mono">{row.reference}</bdi> · {conflictFields(text, row)}
      </span>
    </div>
  );
}
