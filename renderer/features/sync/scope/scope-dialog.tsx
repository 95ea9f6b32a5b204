import { useState, type ReactNode } from 'react';
import type { ScopeGroup, ScopeWish } from '../../../../shared/sync/protocol-scope.ts';
import { useServices } from '../../../services/services.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useSyncText } from '../sync-text.ts';
import { closedChoiceOf, closedChoices, daysOf, type ClosedChoice } from './scope-text.ts';
import styles from './scope-dialog.module.css';

/** What this desk is to keep of what its person may see. */
export function ScopeDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { result: sync } = useWatch({ type: 'sync' });
  return sync === undefined || sync.link === null ? null : <ScopeForm wish={sync.wish} onClose={onClose} />;
}

function ScopeForm({ wish, onClose }: { readonly wish: ScopeWish; readonly onClose: () => void }): ReactNode {
  const text = useSyncText();
  const { data } = useServices();
  const { runner } = useDeskContext();
  const [isAll, setAll] = useState(wish.whose === 'all');
  const [groups, setGroups] = useState<readonly ScopeGroup[]>(wish.whose === 'all' ? ['queues', 'sites'] : wish.whose);
  const [closed, setClosed] = useState<ClosedChoice>(closedChoiceOf(wish.closedDays));
  const isClosedChoice = (id: string): id is ClosedChoice => closedChoices.some((choice) => choice === id);
  const apply = async (): Promise<void> => {
    await data.call('syncScope', { whose: isAll ? 'all' : [...groups], closedDays: daysOf(closed) });
    onClose();
    runner.tell(text('scope.done'));
  };
  const group = (id: ScopeGroup): ReactNode => (
    <Checkbox
      label={text(`scope.${id}`)}
      isSelected={groups.includes(id)}
      onChange={(isSelected) => setGroups([...groups.filter((each) => each !== id), ...(isSelected ? [id] : [])])}
    />
  );
  return (
    <Dialog
      title={text('scope.title')}
      closeLabel={text('action.close')}
      onClose={onClose}
      onSubmit={() => void apply()}
      width="narrow"
      footer={
        <>
          <Button onPress={onClose}>{text('action.cancel')}</Button>
          <Button variant="primary" keys="Mod+Enter" onPress={() => void apply()}>
            {text('scope.do')}
          </Button>
        </>
      }
    >
      <div className={classNames(styles, 'form')}>
        <p className={classNames(styles, 'quiet')}>{text('scope.intro')}</p>
        <Segmented
          label={text('scope.whose')}
          segments={[
            { id: 'all', label: text('scope.whose-all') },
            { id: 'own', label: text('scope.whose-own') },
          ]}
          value={isAll ? 'all' : 'own'}
          onChange={(id) => setAll(id === 'all')}
        />
        {isAll ? null : (
          <div className={classNames(styles, 'groups')}>
            {group('queues')}
            {group('sites')}
            <p className={classNames(styles, 'quiet')}>{text('scope.own-hint')}</p>
          </div>
        )}
        <Select
          label={text('scope.closed')}
          choices={closedChoices.map((id) => ({ id, label: text(`scope.closed-${id}`) }))}
          value={closed}
          onChange={(id) => {
            if (isClosedChoice(id)) setClosed(id);
          }}
          placeholder=""
        />
        <p className={classNames(styles, 'quiet')}>{text('scope.kept')}</p>
      </div>
    </Dialog>
  );
}
