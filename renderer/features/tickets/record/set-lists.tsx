import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RecordView } from '../../../data/data-api.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Chip } from '../../../ui/chip.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useTicketText } from '../ticket-text.ts';
import { elementsOf } from '../ticket-values.ts';
import styles from './set-lists.module.css';

export function TagList({ record }: { readonly record: RecordView }): ReactNode {
  const text = useTicketText();
  const { runner } = useDeskContext();
  const remove = (tag: string): void => {
    void runner.run('ticket.untag', { id: record.id, tag }, { done: text('done.untag', { tag }) });
  };
  return (
    <div className={classNames(styles, 'list')}>
      {elementsOf(record.values, 'tags').map((tag) => (
        <Chip key={tag}>
          <span className={classNames(styles, 'element')}>
            <bdi className="one-line">{tag}</bdi>
            <IconButton
              size="small"
              label={text('details.remove', { name: tag })}
              icon={<X size={12} />}
              onPress={() => remove(tag)}
            />
          </span>
        </Chip>
      ))}
      <AddButton record={record} overlay="ticket-tag" keys="t" label={text('command.tag')} />
    </div>
  );
}

export function WatcherList({ record }: { readonly record: RecordView }): ReactNode {
  const text = useTicketText();
  const { runner } = useDeskContext();
  const nameOf = (person: string): string => record.titles[`watchers/${person}`] ?? text('value.missing');
  const remove = (person: string): void => {
    void runner.run('ticket.unwatch', { id: record.id, person }, { done: text('done.unwatch') });
  };
  return (
    <div className={classNames(styles, 'list')}>
      {elementsOf(record.values, 'watchers').map((person) => (
        <Chip key={person} glyph={<Avatar name={nameOf(person)} />}>
          <span className={classNames(styles, 'element')}>
            <bdi className="one-line">{nameOf(person)}</bdi>
            <IconButton
              size="small"
              label={text('details.remove', { name: nameOf(person) })}
              icon={<X size={12} />}
              onPress={() => remove(person)}
            />
          </span>
        </Chip>
      ))}
      <AddButton record={record} overlay="ticket-watcher" label={text('command.add-watcher')} />
    </div>
  );
}

function AddButton({
  record,
  overlay,
  label,
  keys,
}: {
  readonly record: RecordView;
  readonly overlay: string;
  readonly label: string;
  readonly keys?: string;
}): ReactNode {
  const dispatch = useDeskDispatch();
  return (
    <Button
      variant="quiet"
      icon={<Plus size={14} />}
      keys={keys}
      onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: overlay, ids: [record.id] }))}
    >
      {label}
    </Button>
  );
}
