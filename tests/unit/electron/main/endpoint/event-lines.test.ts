import fc from 'fast-check';
import { expect, it } from 'vitest';
import { EventReader } from '../../../../../electron/main/endpoint/event-lines.ts';

const text = 'event: head\ndata: {"head":1}\n\n: \n\nid: 7\ndata:a\ndata: b\n\nevent: none\n\ndata: ä\n\n';
const events = [
  { name: 'head', data: '{"head":1}' },
  { name: 'message', data: 'a\nb' },
  { name: 'message', data: 'ä' },
];

it('reads events whatever the parts they come in and whatever ends their lines', () => {
  fc.assert(
    fc.property(fc.constantFrom('\n', '\r', '\r\n'), fc.array(fc.nat(120)), (end, cuts) => {
      const whole = text.replaceAll('\n', end);
      const places = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).toSorted((a, b) => a - b), whole.length];
      const reader = new EventReader();
      const found = places.slice(1).flatMap((to, at) => reader.read(whole.slice(places[at], to)));
      expect(found).toEqual(events);
    }),
  );
});

it('keeps no more than an event may be', () => {
  expect(() => new EventReader().read('x'.repeat(70_000))).toThrow('at most');
  const reader = new EventReader();
  expect(() => {
    for (let line = 0; line < 10_000; line += 1) reader.read(`data: ${'x'.repeat(50)}\n`);
  }).toThrow('at most');
});
