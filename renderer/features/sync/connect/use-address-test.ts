import { useState } from 'react';
import type { EndpointFailure, EndpointFound } from '../../../../shared/desktop-endpoint.ts';
import type { Result } from '../../../../shared/result.ts';
import { useServices } from '../../../services/services.ts';
import { addressFault } from './typed-connection.ts';

/** What asking at an address gave; null while it was not asked. */
export type AddressTest = Result<EndpointFound, EndpointFailure> | 'asking' | null;

/** Asks an address whether an endpoint answers there, once for each address that was typed. */
export function useAddressTest(): {
  readonly test: (url: string) => Promise<void>;
  readonly outcomeOf: (url: string) => AddressTest;
} {
  const { data } = useServices();
  const [asked, setAsked] = useState<{ readonly url: string; readonly outcome: AddressTest }>({
    url: '',
    outcome: null,
  });
  return {
    outcomeOf: (url) => (asked.url === url.trim() ? asked.outcome : null),
    test: async (typed) => {
      const url = typed.trim();
      if (url === '' || url === asked.url || addressFault(url) !== null) return;
      setAsked({ url, outcome: 'asking' });
      const outcome = await data.call('endpointTest', { url });
      // An answer about an address that was changed meanwhile says nothing about the new one.
      setAsked((before) => (before.url === url ? { url, outcome } : before));
    },
  };
}
