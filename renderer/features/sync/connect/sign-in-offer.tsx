import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { useSyncText } from '../sync-text.ts';
import styles from './connect-dialog.module.css';

/** The way in by the person's usual sign-in, offered where the endpoint has one; the code stays below it. */
export function SignInOffer({
  provider,
  isWaiting,
  hasKey,
  onSignIn,
  onStop,
}: {
  readonly provider: string;
  /** The browser is open, and its answer is waited for. */
  readonly isWaiting: boolean;
  /** The dialog's key signs in, too. */
  readonly hasKey: boolean;
  readonly onSignIn: () => void;
  readonly onStop: () => void;
}): ReactNode {
  const text = useSyncText();
  return (
    <section aria-label={text('connect.sign-in', { provider })} className={classNames(styles, 'offer')}>
      {isWaiting ? (
        <>
          <p role="status" className={classNames(styles, 'waiting')}>
            <strong>{text('connect.in-browser')}</strong> {text('connect.in-browser-hint', { provider })}
          </p>
          <Button autoFocus onPress={onStop}>
            {text('connect.stop-waiting')}
          </Button>
        </>
      ) : (
        <>
          <Button
            variant={hasKey ? 'primary' : 'plain'}
            keys={hasKey ? 'Mod+Enter' : undefined}
            icon={<ExternalLink size={14} aria-hidden />}
            onPress={onSignIn}
          >
            {text('connect.sign-in', { provider })}
          </Button>
          <p className={classNames(styles, 'intro')}>{text('connect.sign-in-hint')}</p>
          <p className={classNames(styles, 'or')}>{text('connect.or-code')}</p>
        </>
      )}
    </section>
  );
}
