import { describe, expect, it } from 'vitest';
import { assetQuery, chosenValues, withValues } from '../../../../../renderer/features/assets/asset-list.ts';
import { dateInstant, dateText } from '../../../../../renderer/widgets/date-text.ts';
import { initialList } from '../../../../../renderer/store/lists-slice.ts';

describe('the list of assets', () => {
  it('shows what is in use, narrowed by field', () => {
    expect(assetQuery(initialList, 0, 50).where).toEqual([{ field: 'active', op: 'not-in', values: ['false'] }]);
    const where = withValues(initialList, 'status', ['repair', null]);
    const narrowed = { ...initialList, where };
    expect(assetQuery(narrowed, 0, 50).where).toContainEqual({ field: 'status', op: 'in', values: ['repair', null] });
    expect(chosenValues(narrowed, 'status')).toEqual(['repair', null]);
    expect(chosenValues(narrowed, 'site')).toEqual([]);
    expect(withValues(narrowed, 'status', [])).toBeNull();
  });

  it('sorts by several fields, by name when none is chosen', () => {
    expect(assetQuery(initialList, 0, 1).sort).toEqual([{ field: 'name', direction: 'ascending' }]);
    const sort = [
      { field: 'site', direction: 'ascending' },
      { field: 'warrantyEnd', direction: 'descending' },
    ] as const;
    expect(assetQuery({ ...initialList, sort }, 0, 1).sort).toEqual(sort);
  });

  it('takes days of the desk and gives them back', () => {
    for (const day of ['2026-02-28', '2024-02-29', '1999-12-31']) expect(dateText(dateInstant(day))).toBe(day);
    expect(dateInstant('')).toBeNull();
    expect(dateText(null)).toBe('');
  });
});
