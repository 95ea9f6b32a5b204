import { expect, it } from 'vitest';
import {
  deviceTag,
  findByName,
  formatReference,
  nameRecords,
  parseReference,
} from '../../../../shared/sync/reference.ts';

it('reads a reference as a person types it, and nothing that is none', () => {
  const reference = { prefix: 'INC', tag: 'K3V9', count: 17 };
  expect(parseReference(` ${formatReference(reference).toLowerCase()} `)).toEqual(reference);
  for (const none of ['INC-K3V9-0', 'INC-K3V-17', 'INC-K3VI-17', 'INC0001234', ''])
    expect(parseReference(none)).toBeUndefined();
});

it('tells devices apart that share the start of their ids', () => {
  expect(deviceTag('K3V9Q2M7TA', ['A0V9Q2M7TA'])).toBe('K3V9');
  expect(deviceTag('K3V9Q2M7TA', ['K3V9Q0M7TA', 'K3V9Q2M7TA'])).toBe('K3V9Q2');
});

it('finds a record by every name it ever had', () => {
  const grants = [
    { record: 'ticket/t1', number: 'INC0000009', epoch: 2, position: 0 },
    { record: 'ticket/t1', number: 'INC0000001', epoch: 1, position: 0 },
  ];
  const names = nameRecords(grants, new Map([['ticket/t1', 'INC-K3V9-17']]));
  expect(names.get('ticket/t1')).toEqual({
    number: 'INC0000001',
    aliases: ['INC-K3V9-17', 'INC0000009'],
    review: false,
  });
  for (const name of ['inc0000001', 'INC0000009', ' inc-k3v9-17 '])
    expect(findByName(names, name)).toEqual(['ticket/t1']);
});
