import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findLabelFormat, labelFormats, labelsPerPage } from '../../../../../shared/domain/label/label-format.ts';
import { largestShift, layOutLabels } from '../../../../../shared/domain/label/lay-out-labels.ts';

const run = { startAt: 1, shiftX: 0, shiftY: 0 };

describe('label sheets', () => {
  it.each([
    ['L7162', 4.65, 12.9],
    ['L7163', 4.65, 15.15],
    ['3490', 0, 4.5],
    ['5520', 4.7625, 12.7],
    ['5267', 7.62, 12.7],
  ])('%s begins where the maker says', (id, left, top) => {
    const format = findLabelFormat(id);
    expect(format.left).toBeCloseTo(left, 1);
    expect(format.top).toBeCloseTo(top, 1);
  });

  it('starts at the first label that is left, row by row, and goes on on the next sheet', () => {
    const format = findLabelFormat('L7162');
    const pages = layOutLabels({ ...run, format, count: 17, startAt: 3 });
    expect(pages.map((page) => page.length)).toEqual([14, 3]);
    const [first, second] = pages[0] ?? [];
    expect(first?.y).toBeCloseTo(12.9 + 33.9, 3);
    expect(first?.x).toBeCloseTo(4.65, 3);
    expect(second?.x).toBeCloseTo(4.65 + 101.6, 3);
    expect(pages[1]?.[0]).toEqual({ index: 14, x: format.left, y: format.top });
  });

  it('is moved by what the printer is off by, within reason', () => {
    const format = findLabelFormat('L7162');
    const [[moved] = []] = layOutLabels({ ...run, format, count: 1, shiftX: -1.5, shiftY: 2 });
    expect(moved).toEqual({ index: 0, x: format.left - 1.5, y: format.top + 2 });
    const [[wild] = []] = layOutLabels({ ...run, format, count: 1, shiftX: 500, shiftY: Number.NaN });
    expect(wild).toEqual({ index: 0, x: format.left + largestShift, y: format.top });
  });

  it('every label once, on the page, none over another', () => {
    const arbitrary = fc.record({
      format: fc.constantFrom(...labelFormats),
      count: fc.nat(300),
      startAt: fc.integer({ min: -5, max: 500 }),
    });
    fc.assert(
      fc.property(arbitrary, ({ format, count, startAt }) => {
        const pages = layOutLabels({ ...run, format, count, startAt });
        expect(pages.flat().map(({ index }) => index)).toEqual(Array.from({ length: count }, (_, index) => index));
        for (const page of pages) {
          expect(page.length).toBeGreaterThan(0);
          expect(page.length).toBeLessThanOrEqual(labelsPerPage(format));
          for (const [at, { x, y }] of page.entries()) {
            expect(x).toBeGreaterThanOrEqual(-0.001);
            expect(x + format.label.width).toBeLessThanOrEqual(format.page.width + 0.001);
            expect(y + format.label.height).toBeLessThanOrEqual(format.page.height + 0.001);
            const next = page[at + 1];
            if (next === undefined) continue;
            const apart = next.x - x >= format.label.width - 0.001 || next.y - y >= format.label.height - 0.001;
            expect(apart).toBe(true);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
