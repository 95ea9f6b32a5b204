import { useState, type ReactNode } from 'react';
import type { EndpointAccount, EndpointFailure } from '../../../../shared/desktop-endpoint.ts';
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
import { addressFault, codeFault } from './typed-connection.ts';
import { useAddressTest, type AddressTest } from './use-address-test.ts';
import styles from './connect-dialog.module.css';

type Phase =
  | { readonly at: 'typing' | 'connecting' }
  | { readonly at: 'failed'; readonly failure: EndpointFailure }
  | { readonly at: 'connected'; readonly account: EndpointAccount };

/** Address, one-time code and the name of the device; then which space and person that turned out to be. */
export function ConnectDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useSyncText();
  const { data, actor } = useServices();
  const [url, setUrl] = useState('');
  const [code, setCode] = useState('');
  const [deviceName, setDeviceName] = useState(() => text('connect.device-usual', { name: actor.name }));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [phase, setPhase] = useState<Phase>({ at: 'typing' });
  const tested = useAddressTest();
  if (phase.at === 'connected') return <Connected account={phase.account} onClose={onClose} />;

  const leave = (field: string): void => setLeft((before) => new Set([...before, field]));
  const isBusy = phase.at === 'connecting';
  const isReady =
    addressFault(url) === null && codeFault(code) === null && deviceName.trim() !== '' && !isBusy && url.trim() !== '';
  const connect = async (): Promise<void> => {
    setLeft(new Set(['url', 'code', 'device']));
    if (!isReady) return;
    setPhase({ at: 'connecting' });
    const outcome = await data.call('endpointEnrol', { url: url.trim(), code, deviceName: deviceName.trim() });
    setPhase(outcome.ok ? { at: 'connected', account: outcome.value } : { at: 'failed', failure: outcome.failure });
  };
  const failed = phase.at === 'failed' ? enrolFailureText(text, phase.failure, url) : null;
  return (
    <Dialog
      title={text('connect.title')}
      closeLabel={text('action.close')}
      onClose={onClose}
      onSubmit={() => void connect()}
      footer={
        <>
          {isBusy ? (
            <span role="status" className={classNames(styles, 'busy')}>
              {text('connect.busy', { host: hostOf(url) })}
            </span>
          ) : null}
          <Button onPress={onClose}>{text('action.cancel')}</Button>
          <Button variant="primary" keys="Mod+Enter" isDisabled={isBusy} onPress={() => void connect()}>
            {text('connect.do')}
          </Button>
        </>
      }
    >
      <div className={classNames(styles, 'form')}>
        <p className={classNames(styles, 'intro')}>
          {text('connect.intro')} {text('none.need')}
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
          description={addressHint(text, tested.outcomeOf(url), url)}
          error={addressError(text, url, left.has('url'), tested.outcomeOf(url))}
          isRequired
          autoFocus
        />
        <TextField
          label={text('connect.code')}
          value={code}
          onChange={setCode}
          onBlur={() => leave('code')}
          description={text('connect.code-hint')}
          error={codeError(text, code, left.has('code'))}
          maxLength={60}
          isRequired
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
