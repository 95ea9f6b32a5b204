import { offerJobs } from '../pages/run-job.ts';
import { createPouchSubject } from './pouchdb.ts';
import { createRxSubject } from './rxdb.ts';
import { createSqliteSubject } from './sqlite.ts';

offerJobs({ rxdb: createRxSubject, pouchdb: createPouchSubject, sqlite: createSqliteSubject });
