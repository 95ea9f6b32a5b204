import { beforeEach, describe, expect, it } from 'vitest';
import { attributesOf } from '../../../../../shared/domain/asset/asset-class.ts';
import { relationId } from '../../../../../shared/domain/asset/asset-relation.ts';
import { isProductive, mayFollow, statusMoves } from '../../../../../shared/domain/asset/asset-status.ts';
import { assetStatuses } from '../../../../../shared/domain/asset/asset-words.ts';
import {
  readMinUp,
  readRedundancy,
  redundancyOf,
  thresholdOf,
  writeRedundancy,
} from '../../../../../shared/domain/asset/redundancy.ts';
import { carrierOf, relationTypes } from '../../../../../shared/domain/asset/relation-types.ts';
import { createMemoryDesk, type MemoryDesk } from '../../../../helpers/memory-desk.ts';

let desk: MemoryDesk;
beforeEach(() => {
  desk = createMemoryDesk();
  for (const id of ['host', 'vm']) desk.run('record.create', { entity: 'asset', id, fields: { name: id } });
});

function refusal(name: string, input: unknown): unknown {
  const decided = desk.run(name, input);
  return decided.ok ? 'not refused' : decided.failure;
}

describe('relations', () => {
  it('CMDB-1: are one record, whichever end they are made from, and on whichever device', () => {
    expect(desk.run('asset.relate', { id: 'vm', type: 'runs-on', other: 'host' })).toMatchObject({ ok: true });
    const id = relationId('vm', 'runs-on', 'host');
    expect(desk.values(id)).toMatchObject({ from: 'vm', type: 'runs-on', to: 'host', active: true });
    expect(refusal('asset.relate', { id: 'host', type: 'runs-on', other: 'vm', reverse: true })).toMatchObject({
      kind: 'nothing-to-change',
    });
    expect(id).not.toBe(relationId('host', 'runs-on', 'vm'));
  });

  it('go out of use and come back as the same record', () => {
    desk.run('asset.relate', { id: 'vm', type: 'runs-on', other: 'host' });
    const id = relationId('vm', 'runs-on', 'host');
    expect(desk.run('asset.unrelate', { id })).toMatchObject({ ok: true });
    expect(desk.values(id)['active']).toBe(false);
    expect(refusal('asset.unrelate', { id })).toMatchObject({ kind: 'nothing-to-change' });
    desk.run('asset.relate', { id: 'host', type: 'runs-on', other: 'vm', reverse: true });
    expect(desk.values(id)['active']).toBe(true);
  });

  it('need two configuration items in use', () => {
    expect(refusal('asset.relate', { id: 'vm', type: 'uses', other: 'vm' })).toMatchObject({ kind: 'link-to-itself' });
    expect(refusal('asset.relate', { id: 'vm', type: 'uses', other: 'gone' })).toMatchObject({
      kind: 'record-missing',
    });
    expect(refusal('asset.relate', { id: 'vm', type: 'likes', other: 'host' })).toMatchObject({ kind: 'bad-choice' });
    desk.run('record.edit', { entity: 'asset', id: 'host', fields: { active: false } });
    expect(refusal('asset.relate', { id: 'vm', type: 'uses', other: 'host' })).toMatchObject({
      kind: 'record-inactive',
    });
  });

  it('CMDB-2: carry a failure from what is depended on; some pairs carry none', () => {
    expect(carrierOf('depends-on')).toBe('to');
    expect(carrierOf('powers')).toBe('from');
    expect(relationTypes.filter((type) => carrierOf(type) === null)).toEqual(['installed-on', 'manages', 'owns']);
  });
});

describe('CMDB-3: life cycle', () => {
  it('moves as the table says, and a record without a status takes any', () => {
    const edit = (status: string) => desk.run('record.edit', { entity: 'asset', id: 'vm', fields: { status } }).ok;
    expect(edit('production')).toBe(true);
    expect(edit('planned')).toBe(false);
    expect(refusal('record.edit', { entity: 'asset', id: 'vm', fields: { status: 'disposed' } })).toMatchObject({
      kind: 'no-such-status',
      field: 'status',
      values: { from: 'production', to: 'disposed' },
    });
    expect(edit('retired')).toBe(true);
    expect(edit('disposed')).toBe(true);
    expect(edit('production')).toBe(false);
  });

  it('keeps the reference of what is disposed, and other fields can be mended', () => {
    const { reference } = desk.values('vm');
    expect(reference).toMatch(/^CI-/);
    for (const status of ['retired', 'disposed'])
      desk.run('record.edit', { entity: 'asset', id: 'vm', fields: { status } });
    expect(desk.run('record.edit', { entity: 'asset', id: 'vm', fields: { serial: 'X1' } }).ok).toBe(true);
    expect(desk.values('vm')['reference']).toBe(reference);
    expect(refusal('record.edit', { entity: 'asset', id: 'vm', fields: { reference: 'CI-1' } })).toMatchObject({
      kind: 'stamped-field',
    });
  });

  it('names every status once, and nothing leads out of disposed', () => {
    expect(Object.keys(statusMoves).toSorted()).toEqual([...assetStatuses].toSorted());
    expect(statusMoves.disposed).toEqual([]);
    expect(mayFollow('of a newer version', 'planned')).toBe(true);
  });

  it('CMDB-4: what is in production or taken care of there carries others', () => {
    expect(assetStatuses.filter(isProductive)).toEqual(['production', 'maintenance']);
    expect(isProductive(null)).toBe(true);
  });
});

describe('redundancy', () => {
  it('reads counts and shares, rounds shares up, and refuses what is neither', () => {
    expect(readMinUp('2')).toEqual({ unit: 'count', count: 2 });
    expect(readMinUp('50%')).toEqual({ unit: 'percent', percent: 50 });
    for (const text of ['0', '0%', '101%', '-1', '1.5', 'one', '']) expect(readMinUp(text)).toBeNull();
    expect(thresholdOf({ unit: 'percent', percent: 50 }, 3)).toBe(1);
    expect(thresholdOf({ unit: 'count', count: 9 }, 3)).toBe(0);
  });

  it('is what the item says, else what is usual', () => {
    expect(redundancyOf('', 'powers')).toEqual({ unit: 'count', count: 1 });
    expect(redundancyOf('powers=all', 'powers')).toBeNull();
    expect(redundancyOf('', 'depends-on')).toBeNull();
    expect(redundancyOf('depends-on=50%', 'depends-on')).toEqual({ unit: 'percent', percent: 50 });
  });

  it('is written a relation at a time', () => {
    expect(writeRedundancy('powers=2', 'depends-on', '1')).toBe('depends-on=1 powers=2');
    expect(writeRedundancy('powers=2', 'powers', null)).toBeNull();
    expect(readRedundancy('powers=2 likes=1')).toBeNull();
    expect(refusal('record.edit', { entity: 'asset', id: 'vm', fields: { redundancy: 'powers=0' } })).toMatchObject({
      kind: 'bad-redundancy',
    });
    expect(refusal('record.create', { entity: 'service', fields: { name: 'Mail', minUp: 'most' } })).toMatchObject({
      kind: 'bad-redundancy',
      field: 'minUp',
    });
  });
});

describe('classes', () => {
  it('show the attributes of the base class, of the own class, and what is filled in', () => {
    expect(attributesOf('licence', [], () => false)).toContain('seats');
    expect(attributesOf('site', ['hostName'], () => false)).toEqual(['location', 'hostName']);
    expect(attributesOf('service', [], (attribute) => attribute === 'version')).toEqual(['version']);
  });
});
