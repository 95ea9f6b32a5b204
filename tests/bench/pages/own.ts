import { createDexieSubject } from '../subjects/dexie-rows.ts';
import { createInPageSubject } from '../subjects/holdfast/in-page.ts';
import { createHoldfastSubject } from '../subjects/holdfast/holdfast.ts';
import { OwnOperations } from '../subjects/own-operations.ts';
import { createRawSubject } from '../subjects/raw-indexed-db.ts';
import { offerJobs } from './run-job.ts';

offerJobs({
  holdfast: () => createHoldfastSubject('per-record'),
  'holdfast-per-ticket': () => createHoldfastSubject('per-ticket'),
  'holdfast-layout': () => createHoldfastSubject('layout'),
  'in-page': () => createInPageSubject('per-record'),
  'in-page-layout': () => createInPageSubject('layout'),
  raw: () => createRawSubject('relaxed'),
  'raw-strict': () => createRawSubject('strict'),
  'raw-operations': () => createRawSubject('strict', new OwnOperations()),
  dexie: () => createDexieSubject('relaxed'),
});
