import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RecordView } from '../../../data/data-api.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { textValue } from '../../../widgets/row-title.ts';
import { useTicketText } from '../ticket-text.ts';
import { elementsOf } from '../ticket-values.ts';
import styles from './details-tab.module.css';

/** Tags, watchers, linked tickets and the parent, each with a way to take it away. */
export function RelatedTab({ record }: { readonly record: RecordView }): ReactNode {
  const text = useTicketText();
  const { runner } = useDeskContext();
  const dispatch = useDeskDispatch();
  const { id, values, titles } = record;
  const tags = elementsOf(values, 'tags');
  const watchers = elementsOf(values, 'watchers');
  const links = elementsOf(values, 'links');
  const parent = textValue(values, 'parent');
  if (tags.length + watchers.length + links.length === 0 && parent === '') {
    return <EmptyState title={text('related.none')}>{text('related.none-hint')}</EmptyState>;
  }
  const open = (ticket: string): void => void dispatch(navigationSlice.actions.openedRecord(ticket));
  const removal = (name: string, command: string, input: Readonly<Record<string, string>>, done: 'done.untag' | 'done.unlink' | 'done.unwatch'): ReactNode => (
    <IconButton size="small" label={text('related.remove', { name })} icon={<X size={14} />} onPress={() => void runner.run(command, { id, ...input }, { done: text(done) })} />
  );
  return (
    <div className={classNames(styles, 'details')}>
      {parent === '' ? null : (
        <section>
          <h3>{fieldText(text, 'ticket', 'parent')}</h3>
          <Button variant="quiet" onPress={() => open(parent)}>
            {titles['parent'] ?? text('value.missing')}
          </Button>
        </section>
      )}
      {tags.length === 0 ? null : (
        <section>
          <h3>{fieldText(text, 'ticket', 'tags')}</h3>
          {tags.map((tag) => (
            <p key={tag}>
              <bdi>{tag}</bdi> {removal(tag, 'ticket.untag', { tag }, 'done.untag')}
            </p>
          ))}
        </section>
      )}
      {watchers.length === 0 ? null : (
        <section>
          <h3>{fieldText(text, 'ticket', 'watchers')}</h3>
          {watchers.map((person) => (
            <p key={person}>
              <bdi>{titles[`watchers/${person}`] ?? text('value.missing')}</bdi> {removal(titles[`watchers/${person}`] ?? '', 'ticket.unwatch', { person }, 'done.unwatch')}
            </p>
          ))}
        </section>
      )}
      {links.length === 0 ? null : (
        <section>
          <h3>{fieldText(text, 'ticket', 'links')}</h3>
          {links.map((linked) => (
            <p key={linked}>
              <Button variant="quiet" onPress={() => open(linked)}>
                {titles[`links/${linked}`] ?? text('value.missing')}
              </Button>
              {removal(titles[`links/${linked}`] ?? '', 'ticket.unlink', { other: linked }, 'done.unlink')}
            </p>
          ))}
        </section>
      )}
    </div>
  );
}
