import { useEffect, useRef, useState } from 'react';
import type { EndpointFailure, EndpointFound } from '../../../../shared/desktop-endpoint.ts';
import type { Result } from '../../../../shared/result.ts';
import { useServices } from '../../../services/services.ts';
import { addressFault } from './typed-connection.ts';

/** What asking at an address gave; null while it was not asked. */
export type AddressTest = Result<EndpointFound, EndpointFailure> | 'asking' | null;

/** A pause in typing after which what stands there may be an address (ms). */
const pauseMs = 700;

/** Asks an address whether an endpoint answers there, once for each that was typed: after a pause, or when it is left. */
export function useAddressTest(typed: string): {
  readonly test: (url: string) => Promise<void>;
  readonly outcomeOf: (url: string) => AddressTest;
} {
  const { data } = useServices();
  const [asked, setAsked] = useState<{ readonly url: string; readonly outcome: AddressTest }>({
    url: '',
    outcome: null,
  });
  const test = async (address: string): Promise<void> => {
    const url = address.trim();
    if (url === '' || url === asked.url || addressFault(url) !== null) return;
    setAsked({ url, outcome: 'asking' });
    const outcome = await data.call('endpointTest', { url });
    // An answer about an address that was changed meanwhile says nothing about the new one.
    setAsked((before) => (before.url === url ? { url, outcome } : before));
  };
  const latest = useRef(test);
  useEffect(() => {
    latest.current = test;
  });
  useEffect(() => {
    // A bare word is still being typed, more likely than not.
    if (!/[.:]/.test(typed)) return undefined;
    const timer = setTimeout(() => void latest.current(typed), pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return {
    outcomeOf: (url) => (asked.url === url.trim() ? asked.outcome : null),
    test,
  };
}
