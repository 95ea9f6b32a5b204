import { useEffect, useRef, useState } from 'react';
import type { EndpointAccount, EndpointFailure } from '../../../../shared/desktop-endpoint.ts';
import type { Result } from '../../../../shared/result.ts';
import { useServices } from '../../../services/services.ts';

export type Connecting =
  | { readonly at: 'typing' | 'connecting' | 'in-browser' }
  | { readonly at: 'failed'; readonly failure: EndpointFailure }
  | { readonly at: 'connected'; readonly account: EndpointAccount };

/** How far the connecting is, by a code or by the browser. Leaving the dialog gives a sign-in up. */
export function useConnecting(): {
  readonly phase: Connecting;
  readonly enrol: (url: string, code: string, deviceName: string) => Promise<void>;
  readonly signIn: (url: string, deviceName: string) => Promise<void>;
  readonly stopSignIn: () => void;
} {
  const { data } = useServices();
  const [phase, setPhase] = useState<Connecting>({ at: 'typing' });
  const isInBrowser = useRef(false);
  const take = (outcome: Result<EndpointAccount, EndpointFailure>): void => {
    if (outcome.ok) setPhase({ at: 'connected', account: outcome.value });
    else if (outcome.failure.kind === 'sign-in-cancelled') setPhase({ at: 'typing' });
    else setPhase({ at: 'failed', failure: outcome.failure });
  };
  const stopSignIn = (): void => void data.call('endpointCancelSignIn', null);
  useEffect(
    () => () => {
      if (isInBrowser.current) void data.call('endpointCancelSignIn', null);
    },
    [data],
  );
  return {
    phase,
    enrol: async (url, code, deviceName) => {
      setPhase({ at: 'connecting' });
      take(await data.call('endpointEnrol', { url, code, deviceName }));
    },
    signIn: async (url, deviceName) => {
      setPhase({ at: 'in-browser' });
      isInBrowser.current = true;
      const outcome = await data.call('endpointSignIn', { url, deviceName });
      isInBrowser.current = false;
      take(outcome);
    },
    stopSignIn,
  };
}
