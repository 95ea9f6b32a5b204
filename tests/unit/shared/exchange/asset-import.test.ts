import { beforeEach, describe, expect, it } from 'vitest';
import { relationId } from '../../../../shared/domain/asset/asset-relation.ts';
import { importText, MemorySpace } from '../../../helpers/exchange/memory-space.ts';

let space: MemorySpace;
beforeEach(() => {
  space = new MemorySpace();
});

const field = (name: string) => ({ to: 'field', field: name }) as const;
const assetColumns = ['name', 'serial', 'assetTag', 'site', 'status'] as const;
const assets = (...rows: readonly string[]): string => [assetColumns.join(','), ...rows].join('\n');
const relations = (...rows: readonly string[]): string => ['from,type,to', ...rows].join('\n');

function importAssets(text: string, keyColumn: 'serial' | 'assetTag' = 'serial') {
  const columns = assetColumns.map((column) => ({ column, target: field(column) }));
  return importText(space, text, { change: { entity: 'asset', columns, keyColumn, createReferences: true } });
}

function importRelations(into: MemorySpace, text: string) {
  const columns = ['from', 'type', 'to'].map((column) => ({ column, target: field(column) }));
  return importText(into, text, {
    change: { entity: 'asset-relation', columns, keyColumn: null, createReferences: false },
  });
}

const named = (name: string) => space.all('asset').filter(({ values }) => values['name'] === name);

describe('import of assets', () => {
  it.each(['serial', 'assetTag'] as const)(
    'reconciles by %s: the second import updates, and makes none anew',
    async (key) => {
      await importAssets(
        assets('NB-1,PF3K9Q2M,A-0042,Belgrade,production', 'NB-2,PF3K9Q2N,A-0043,Belgrade,production'),
        key,
      );
      const before = space.all('asset').map(({ id }) => id);
      const { report } = await importAssets(
        assets('NB-1,PF3K9Q2M,A-0042,Hamburg,production', 'NB-2,PF3K9Q2N,A-0043,Belgrade,production'),
        key,
      );
      expect(space.all('asset').map(({ id }) => id)).toEqual(before);
      expect(report.records.asset).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
      expect(space.title(named('NB-1')[0]?.values['site'])).toBe('Hamburg');
    },
  );

  it('rows that differ by their number alone are each an asset; one without a number is refused, not merged', async () => {
    const { report } = await importAssets(
      assets('Monitor,CN-0Y1,,Belgrade,', 'Monitor,CN-0Y2,,Belgrade,', 'Monitor,,,Belgrade,'),
    );
    expect(named('Monitor').map(({ values }) => values['serial'])).toEqual(['CN-0Y1', 'CN-0Y2']);
    expect(report.rowsRefused).toBe(1);
    expect(report.findings).toEqual(expect.arrayContaining([expect.objectContaining({ reason: 'no-key', row: 3 })]));
  });

  it('hostile cells are values and nothing else', async () => {
    const hostile = ['=HYPERLINK("http://x")', '<img src=x onerror=alert(1)>', "'; DROP TABLE assets; --", '__proto__'];
    const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    await importAssets(
      assets(...hostile.map((text, index) => `${cell(text)},S-${index},,,`), 'Good,S-9,,,no-such-status'),
    );
    expect(space.all('asset').map(({ values }) => values['name'])).toEqual([...hostile, 'Good']);
    expect(named('Good')[0]?.values['status'] ?? null).toBeNull();
  });
});

describe('import of relations (CMDB-1)', () => {
  const rows = ['NB-1,connects-to,SW-1', 'SW-1,runs-on,NB-1'];

  beforeEach(async () => {
    await importAssets(assets('NB-1,S-1,,,', 'SW-1,S-2,,,'));
  });

  it('an id says both ends and the type: the same imported twice, or twice in one file, is one', async () => {
    const [from, to] = [named('NB-1')[0]?.id ?? '', named('SW-1')[0]?.id ?? ''];
    await importRelations(space, relations(...rows, rows[0] ?? ''));
    const { report } = await importRelations(space, relations(...rows));
    expect(space.all('asset-relation').map(({ id }) => id)).toEqual([
      relationId(from, 'connects-to', to),
      relationId(to, 'runs-on', from),
    ]);
    expect(report.records['asset-relation']).toMatchObject({ created: 0, unchanged: 2 });
  });

  it('an unknown end, an unknown type or no end at all is refused by row, and the others are stored', async () => {
    const { report } = await importRelations(
      space,
      relations('NB-1,connects-to,NOPE', 'NB-1,eats,SW-1', ',connects-to,SW-1', ...rows),
    );
    expect(space.all('asset-relation')).toHaveLength(2);
    const refused = report.findings.filter(({ kind }) => kind === 'refused').map(({ row }) => row);
    expect(new Set(refused)).toEqual(new Set([1, 2, 3]));
  });
});
