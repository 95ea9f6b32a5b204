import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookValue, monthsBetween } from '../../../../../shared/domain/asset/depreciation.ts';
import { licenceCompliance } from '../../../../../shared/domain/asset/licence-compliance.ts';
import { warrantyNoticeMs, warrantyState } from '../../../../../shared/domain/asset/warranty.ts';
import { createMemoryDesk } from '../../../../helpers/memory-desk.ts';

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

describe('CMDB-5: warranty', () => {
  it('is covered, ending within 90 days, or ended', () => {
    const end = day('2026-06-30');
    expect(warrantyState(undefined, end)).toBe('none');
    expect(warrantyState(end, end - warrantyNoticeMs - 1)).toBe('covered');
    expect(warrantyState(end, end - warrantyNoticeMs)).toBe('ending');
    expect(warrantyState(end, end)).toBe('ending');
    expect(warrantyState(end, end + 1)).toBe('ended');
  });
});

describe('CMDB-6: depreciation', () => {
  it('counts whole months', () => {
    expect(monthsBetween(day('2026-01-15'), day('2026-02-14'))).toBe(0);
    expect(monthsBetween(day('2026-01-15'), day('2026-02-15'))).toBe(1);
    expect(monthsBetween(day('2026-01-31'), day('2026-02-28'))).toBe(1);
    expect(monthsBetween(day('2024-02-29'), day('2025-02-28'))).toBe(12);
  });

  const laptop = { cost: 120_000, residualValue: 12_000, usefulLife: 36, since: day('2026-01-01') } as const;
  it.each([
    ['straight-line', '2026-01-01', 120_000],
    ['straight-line', '2027-01-01', 84_000],
    ['straight-line', '2028-07-01', 30_000],
    ['straight-line', '2029-01-01', 12_000],
    ['straight-line', '2040-01-01', 12_000],
    ['declining-balance', '2026-02-01', 113_333],
    ['declining-balance', '2027-01-01', 60_436],
    ['declining-balance', '2029-01-01', 12_000],
  ] as const)('by %s on %s it is worth %d', (method, at, value) => {
    expect(bookValue({ ...laptop, method }, day(at))).toBe(value);
  });

  it('never rises and never falls below what remains', () => {
    const method = fc.constantFrom('straight-line' as const, 'declining-balance' as const);
    fc.assert(
      fc.property(
        method,
        fc.nat(1e7),
        fc.nat(1e7),
        fc.nat(240),
        fc.nat(400),
        (how, cost, residualValue, life, month) => {
          const item = { cost, residualValue, usefulLife: life, method: how, since: day('2020-01-01') };
          const at = Date.UTC(2020, month, 1);
          const [now, later] = [bookValue(item, at), bookValue(item, Date.UTC(2020, month + 1, 1))];
          expect(later).toBeLessThanOrEqual(now);
          expect(later).toBeGreaterThanOrEqual(Math.min(cost, residualValue));
          expect(now).toBeLessThanOrEqual(cost);
        },
      ),
    );
  });

  it('money has a currency that is one', () => {
    const desk = createMemoryDesk();
    const fields = { name: 'x', cost: 100, currency: 'Euro' };
    expect(desk.run('record.create', { entity: 'asset', fields })).toMatchObject({ ok: false });
    expect(desk.run('record.create', { entity: 'asset', fields: { ...fields, currency: 'eur' } })).toMatchObject({
      failure: { kind: 'bad-currency', values: { got: 'eur' } },
    });
    expect(desk.run('record.create', { entity: 'asset', fields: { ...fields, currency: 'EUR' } }).ok).toBe(true);
  });
});

describe('CMDB-7: licence compliance', () => {
  const now = day('2026-06-01');
  const licence = { seats: 10 };
  it.each([
    ['as many as were bought', [licence], 10, 'compliant', 10],
    ['one more', [licence], 11, 'non-compliant', 10],
    ['two licences add up', [licence, { seats: 5 }], 15, 'compliant', 15],
    ['over quota where it is allowed', [{ ...licence, overQuota: true }], 11, 'over-quota', 10],
    ['an expired one does not count', [{ ...licence, expiresAt: now - 1 }], 1, 'non-compliant', 0],
    ['nor one that has not begun', [{ ...licence, startsAt: now + 1 }], 1, 'non-compliant', 0],
    ['nor one out of use', [{ ...licence, active: false }], 1, 'unlicensed', 0],
    ['without any', [], 1, 'unlicensed', 0],
    ['nothing installed needs nothing', [], 0, 'compliant', 0],
    ['for a whole site there is no limit', [{ licenceType: 'site', seats: 1 }], 500, 'compliant', null],
  ] as const)('%s', (_what, licences, installed, verdict, purchased) => {
    expect(licenceCompliance(licences, installed, now)).toMatchObject({ verdict, purchased });
  });
});
