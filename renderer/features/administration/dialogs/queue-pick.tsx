import type { ReactNode } from 'react';
import { elementsOf } from '../../../../shared/domain/set-elements.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { rowTitle } from '../../../widgets/row-title.ts';
import { useAdministrationText } from '../administration-text.ts';
import styles from './dialogs.module.css';

const shown = 100;

/**
 * The queues a person works in: what a technician reaches. They are ordinary records, so that a change is saved at once,
 * without a network too, and can be undone.
 */
export function QueuePick({ person }: { readonly person: string | null }): ReactNode {
  const text = useAdministrationText();
  const { result: queues } = useWatch({ type: 'choices', entity: 'queue', text: '', where: [], limit: shown });
  return (
    <fieldset className={classNames(styles, 'group')}>
      <legend className={classNames(styles, 'legend')}>{text('account.queues')}</legend>
      {person === null ? (
        <p className={classNames(styles, 'hint')}>{text('account.queues-later')}</p>
      ) : queues !== undefined && queues.length === 0 ? (
        <p className={classNames(styles, 'hint')}>{text('account.queues-none')}</p>
      ) : (
        <ul className={classNames(styles, 'queues')}>
          {queues?.map(({ id }) => (
            <li key={id}>
              <QueueMember queue={id} person={person} />
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}

function QueueMember({ queue, person }: { readonly queue: string; readonly person: string }): ReactNode {
  const text = useAdministrationText();
  const { runner } = useDeskContext();
  const { result: record } = useWatch({ type: 'record', id: queue });
  if (record === undefined || record === null) return null;
  const members = elementsOf(record.values, 'members');
  const name = rowTitle(record);
  const set = (isMember: boolean): void => {
    const after = isMember ? [...members, person] : members.filter((id) => id !== person);
    const input = { entity: 'queue', id: queue, fields: { members: after } };
    void runner.run('record.edit', input, { done: text(isMember ? 'queue.joined' : 'queue.left', { name }) });
  };
  return <Checkbox label={name} isSelected={members.includes(person)} onChange={set} />;
}
