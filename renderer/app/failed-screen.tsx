import type { ReactNode } from 'react';
import { createIntl } from 'react-intl';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import styles from './frame.module.css';

const texts: Readonly<Record<string, string>> = { 'open.newer': 'failed.newer', 'storage.full': 'failed.full' };

/** The space could not be opened: what happened, what is safe, what to do. Never a blank desk. */
export function FailedScreen({
  locale,
  messages,
  reason,
}: {
  readonly locale: string;
  readonly messages: Readonly<Record<string, string>>;
  readonly reason: string;
}): ReactNode {
  const intl = createIntl({ locale, messages: { ...messages } });
  const text = (id: string): string => intl.formatMessage({ id });
  return (
    <main className={classNames(styles, 'message')} data-ready data-failed={reason}>
      <h1>{text('failed.title')}</h1>
      <p>{text(texts[reason] ?? 'failed.failed')}</p>
      <Button
        variant="primary"
        onPress={() => {
          location.reload();
        }}
      >
        {text('failed.retry')}
      </Button>
    </main>
  );
}
