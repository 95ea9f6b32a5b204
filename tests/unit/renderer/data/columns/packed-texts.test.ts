import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packTexts, unpackTexts } from '../../../../../renderer/data/columns/packed-texts.ts';

it('packed texts come back as they were, empty ones and none apart', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.string({ unit: 'binary' }))), (texts) => {
      expect(unpackTexts(packTexts(texts))).toEqual(texts);
    }),
  );
  expect(unpackTexts(packTexts(['', null, '😀', null, '']))).toEqual(['', null, '😀', null, '']);
});
