import type { ReactNode } from 'react';
import { useServices } from '../../../services/services.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { hostOf } from '../sync-actions.ts';
import { useSyncText } from '../sync-text.ts';

/** Asks, since a new code is needed to come back; says that everything stays. */
export function DisconnectDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useSyncText();
  const { data } = useServices();
  const { runner } = useDeskContext();
  const { result: sync } = useWatch({ type: 'sync' });
  if (sync === undefined || sync.link === null) return null;
  const disconnect = async (): Promise<void> => {
    await data.call('endpointForget', null);
    onClose();
    runner.tell(text('disconnect.done'));
  };
  return (
    <Dialog
      title={text('disconnect.title', { host: hostOf(sync.link.url) })}
      closeLabel={text('action.close')}
      onClose={onClose}
      onSubmit={() => void disconnect()}
      width="narrow"
      footer={
        <>
          <Button autoFocus onPress={onClose}>
            {text('action.cancel')}
          </Button>
          <Button variant="danger" keys="Mod+Enter" onPress={() => void disconnect()}>
            {text('disconnect.do')}
          </Button>
        </>
      }
    >
      <p>{text('disconnect.text')}</p>
      {sync.waiting > 0 ? <p>{text('disconnect.waiting', { count: sync.waiting })}</p> : null}
    </Dialog>
  );
}
