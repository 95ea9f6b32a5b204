import { describe, expect, it } from 'vitest';
import { Oracle } from './oracle.ts';

const title = (value: string) => [{ record: 'ticket/t1', field: 'title', value }];

describe('what the author of a write has seen', () => {
  const refuse = (oracle: Oracle, number: number, ...sites: readonly string[]): void => {
    oracle.refuse(number);
    for (const site of sites) oracle.offerRefusal(site, number);
  };

  it('is not a refused write whose mark reached the author, nor what that write had replaced', () => {
    const oracle = new Oracle();
    oracle.openSite('newer', 2);
    oracle.openSite('older', 1);
    const unread = oracle.authored('newer', -1, title('in quarantine'), 2);
    const refused = oracle.authored('newer', unread, title('refused'), 1);
    oracle.offer('older', unread, 2, true);
    refuse(oracle, refused, 'older');
    oracle.authored('older', -1, title('later'), 1);
    expect(oracle.heads().get('ticket/t1 title')).toEqual(['in quarantine', 'later']);
  });

  it('is a write that was refused only afterwards, with what that write had replaced', () => {
    const oracle = new Oracle();
    for (const site of ['first', 'second', 'third']) oracle.openSite(site, 1);
    const replaced = oracle.authored('first', -1, title('replaced'), 1);
    oracle.offer('second', replaced, 1, true);
    const refused = oracle.authored('second', -1, title('refused'), 1);
    oracle.offer('third', refused, 1, true);
    oracle.authored('third', -1, title('later'), 1);
    refuse(oracle, refused, 'third');
    expect(oracle.heads().get('ticket/t1 title')).toEqual(['later']);
  });

  it('is no write any more that was applied and then taken out, however often it comes again', () => {
    const oracle = new Oracle();
    for (const site of ['first', 'second', 'third']) oracle.openSite(site, 1);
    const replaced = oracle.authored('first', -1, title('replaced'), 1);
    oracle.offer('second', replaced, 1, true);
    const refused = oracle.authored('second', -1, title('refused'), 1);
    oracle.offer('third', refused, 1, true);
    refuse(oracle, refused, 'third');
    oracle.offer('third', refused, 1, true);
    oracle.upgrade('third', 2);
    oracle.authored('third', -1, title('later'), 1);
    expect(oracle.heads().get('ticket/t1 title')).toEqual(['later', 'replaced']);
  });
});
