import { isProductive } from '../../../shared/domain/asset/asset-status.ts';
import { licenceCompliance, type LicenceCompliance } from '../../../shared/domain/asset/licence-compliance.ts';
import type { RecordValues } from '../../../shared/domain/change.ts';
import type { Tables } from '../storage/tables.ts';
import { isInUse, referredRows } from './referred-rows.ts';

/** CMDB-7 for one software: its licences against its installations on machines in production. */
export function judgeLicences(tables: Tables, software: string, now: number): LicenceCompliance {
  const assets = tables.of('asset');
  const relations = tables.of('asset-relation');
  const row = assets.rowOf(software) ?? -1;
  const softwareOf = referredRows(assets, 'software', assets);
  const licences: RecordValues[] = [];
  for (let licence = 0; licence < assets.size; licence += 1)
    if (row >= 0 && softwareOf(licence) === row && isInUse(assets, licence)) licences.push(assets.valuesAt(licence));
  const [what, where] = [referredRows(relations, 'from', assets), referredRows(relations, 'to', assets)];
  const machines = new Set<number>();
  for (let relation = 0; relation < relations.size; relation += 1) {
    const machine = where(relation);
    const isInstalled = relations.columns.get('type')?.get(relation) === 'installed-on';
    if (what(relation) !== row || machine < 0 || !isInstalled || !isInUse(relations, relation)) continue;
    const isRunning = isInUse(assets, machine) && isProductive(assets.columns.get('status')?.get(machine));
    if (isRunning) machines.add(machine);
  }
  return licenceCompliance(licences, row < 0 ? 0 : machines.size, now);
}
