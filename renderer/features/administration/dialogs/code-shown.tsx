import { Copy, KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CodeAnswer } from '../../../../shared/sync/protocol-admin.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useTimeText } from '../../../widgets/moment.tsx';
import { useAdministrationText } from '../administration-text.ts';
import styles from './dialogs.module.css';

/** A one-time code, while it can be seen: the endpoint itself does not know it any more. */
export function CodeShown({ name, code, expiresAt }: CodeAnswer & { readonly name: string }): ReactNode {
  const text = useAdministrationText();
  const { services, runner } = useDeskContext();
  const { exact } = useTimeText();
  const copy = async (): Promise<void> => {
    const copied = await services.desktop.call('copyText', { text: code });
    runner.tell(text(copied.ok ? 'code.copied' : 'failure.copy'), copied.ok ? 'done' : 'refused');
  };
  return (
    <div role="status" className={classNames(styles, 'code')}>
      <p>
        <KeyRound size={15} aria-hidden /> {text('code.for', { name })}
      </p>
      <div className={classNames(styles, 'line')}>
        <strong className={`mono ${classNames(styles, 'signs')}`}>{code}</strong>
        <Button variant="primary" autoFocus icon={<Copy size={14} aria-hidden />} onPress={() => void copy()}>
          {text('code.copy')}
        </Button>
      </div>
      <p className={classNames(styles, 'hint')}>{text('code.hint', { time: exact(expiresAt) })}</p>
    </div>
  );
}
