import { useState, type ReactNode } from 'react';
import { useServices } from '../../../services/services.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { enrolFailureText } from '../problem-text.ts';
import { hostOf } from '../sync-actions.ts';
import { useSyncText, type SyncText } from '../sync-text.ts';
import { Connected } from './connected.tsx';
import { SignInOffer } from './sign-in-offer.tsx';
import { addressFault, codeFault } from './typed-connection.ts';
import { useAddressTest, type AddressTest } from './use-address-test.ts';
import { useConnecting } from './use-connecting.ts';
import styles from './connect-dialog.module.css';

/**
 * Address, then a sign-in with the browser where the endpoint has one, or a one-time code; then which space and person
 * that turned out to be.
 */
export function ConnectDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useSyncText();
  const { actor } = useServices();
  const [url, setUrl] = useState('');
  const [code, setCode] = useState('');
  const [deviceName, setDeviceName] = useState(() => text('connect.device-usual', { name: actor.name }));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { phase, enrol, signIn, stopSignIn } = useConnecting();
  const tested = useAddressTest(url);
  if (phase.at === 'connected') return <Connected account={phase.account} onClose={onClose} />;

  const leave = (field: string): void => setLeft((before) => new Set([...before, field]));
  const isBusy = phase.at === 'connecting' || phase.at === 'in-browser';
  const test = tested.outcomeOf(url);
  const provider = test !== null && test !== 'asking' && test.ok ? test.value.provider : null;
  const hasPlace = addressFault(url) === null && url.trim() !== '' && deviceName.trim() !== '' && !isBusy;
  // Nothing typed for a code: the sign-in that is offered is what the person wants.
  const bySignIn = provider !== null && code.trim() === '';
  const connect = (): void => {
    setLeft(new Set(bySignIn ? ['url', 'device'] : ['url', 'code', 'device']));
    if (!hasPlace) return;
    if (bySignIn) void signIn(url.trim(), deviceName.trim());
    else if (codeFault(code) === null) void enrol(url.trim(), code, deviceName.trim());
  };
  const failed = phase.at === 'failed' ? enrolFailureText(text, phase.failure, url) : null;
  return (
    <Dialog
      title={text('connect.title')}
      closeLabel={text('action.close')}
      onClose={onClose}
      onSubmit={connect}
      footer={
        <>
          {phase.at === 'connecting' ? (
            <span role="status" className={classNames(styles, 'busy')}>
              {text('connect.busy', { host: hostOf(url) })}
            </span>
          ) : null}
          <Button onPress={onClose}>{text('action.cancel')}</Button>
          {bySignIn ? null : (
            <Button variant="primary" keys="Mod+Enter" isDisabled={isBusy} onPress={connect}>
              {text('connect.do')}
            </Button>
          )}
        </>
      }
    >
      <div className={classNames(styles, 'form')}>
        <p className={classNames(styles, 'intro')}>
          {text('connect.intro')} {provider === null ? text('none.need') : null}
        </p>
        {failed === null ? null : (
          <Banner tone="failure" title={failed.title}>
            {failed.advice}
          </Banner>
        )}
        <TextField
          label={text('connect.address')}
          value={url}
          onChange={setUrl}
          onBlur={() => {
            leave('url');
            void tested.test(url);
          }}
          description={addressHint(text, test, url)}
          error={addressError(text, url, left.has('url'), test)}
          isRequired
          autoFocus
        />
        <TextField
          label={text('connect.device')}
          value={deviceName}
          onChange={setDeviceName}
          onBlur={() => leave('device')}
          description={text('connect.device-hint')}
          error={left.has('device') && deviceName.trim() === '' ? text('connect.device-empty') : undefined}
          maxLength={100}
          isRequired
        />
        {provider === null ? null : (
          <SignInOffer
            provider={provider}
            isWaiting={phase.at === 'in-browser'}
            hasKey={bySignIn}
            onSignIn={() => {
              setLeft(new Set(['url', 'device']));
              if (hasPlace) void signIn(url.trim(), deviceName.trim());
            }}
            onStop={stopSignIn}
          />
        )}
        <TextField
          label={text('connect.code')}
          value={code}
          onChange={setCode}
          onBlur={() => leave('code')}
          description={text('connect.code-hint')}
          error={codeError(text, code, left.has('code'))}
          maxLength={60}
          isRequired={provider === null}
        />
      </div>
    </Dialog>
  );
}

/** What can only be wrong is said at once, what may still be unfinished when the field is left. */
function addressError(text: SyncText, typed: string, isLeft: boolean, test: AddressTest): string | undefined {
  const fault = typed.trim() === '' ? 'bad' : addressFault(typed);
  if (fault !== null) return fault === 'bad' && !isLeft ? undefined : text(`connect.address-${fault}`);
  if (test === null || test === 'asking' || test.ok) return undefined;
  const told = enrolFailureText(text, test.failure, typed);
  return `${told.title}. ${told.advice}`;
}

/** What is known of the endpoint before a code is spent on it. */
function addressHint(text: SyncText, test: AddressTest, typed: string): string {
  if (test === 'asking') return text('connect.testing', { host: hostOf(typed) });
  if (test === null || !test.ok) return text('connect.address-hint');
  const { url, space, ms } = test.value;
  return text('connect.tested', { host: hostOf(url), space, ms: Math.round(ms) });
}

function codeError(text: SyncText, typed: string, isLeft: boolean): string | undefined {
  const fault = codeFault(typed);
  if (fault === null || (fault.kind === 'short' && !isLeft)) return undefined;
  if (fault.kind === 'sign') return text('connect.code-sign', { sign: fault.sign });
  return text(`connect.code-${fault.kind}`, { count: fault.count });
}
