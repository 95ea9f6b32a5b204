import { CircleCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { EndpointAccount } from '../../../../shared/desktop-endpoint.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { roleNames } from '../../../widgets/role-names.ts';
import { rowTitle } from '../../../widgets/row-title.ts';
import { openDisconnect } from '../sync-actions.ts';
import { useSyncText } from '../sync-text.ts';
import styles from './connect-dialog.module.css';

/** Which space and which person this device turned out to work in: the moment to notice a mistake. */
export function Connected({
  account,
  onClose,
}: {
  readonly account: EndpointAccount;
  readonly onClose: () => void;
}): ReactNode {
  const text = useSyncText();
  const desk = useDeskContext();
  const { result } = useWatch({ type: 'record', id: account.person });
  const person: RecordView | null = result ?? null;
  return (
    <Dialog
      title={text('connect.done-title')}
      closeLabel={text('action.close')}
      onClose={onClose}
      onSubmit={onClose}
      footer={
        <>
          <Button onPress={() => void openDisconnect(desk)}>{text('sync.disconnect')}</Button>
          <Button variant="primary" keys="Mod+Enter" autoFocus onPress={onClose}>
            {text('connect.ok')}
          </Button>
        </>
      }
    >
      <div className={classNames(styles, 'done')}>
        <CircleCheck size={22} aria-hidden className={classNames(styles, 'glyph')} />
        <div>
          <p className={classNames(styles, 'strong')}>
            {text('connect.done', {
              space: account.space,
              person: person === null ? account.account : rowTitle(person),
            })}
          </p>
          <p>{text('connect.done-roles', { roles: roleNames(text, account.roles) })}</p>
          <p>{text('connect.done-next')}</p>
          <p className={classNames(styles, 'intro')}>{text('connect.done-wrong')}</p>
        </div>
      </div>
    </Dialog>
  );
}
