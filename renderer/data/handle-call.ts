import { assertNever } from '../../shared/result.ts';
import type { DataCalls } from './data-api.ts';
import type { ExchangeJobs } from './exchange-jobs.ts';
import { readHolidays } from './service-levels/read-holidays.ts';
import type { DataService } from './data-service.ts';
import { isExchangeQuery, type SyncPort } from './sync-port.ts';

/** Answers one call of a page. Throws only on a bug; refusals are values. */
export function handleCall(
  service: DataService,
  jobs: ExchangeJobs,
  sync: SyncPort,
  name: keyof DataCalls,
  input: unknown,
): Promise<unknown> {
  switch (name) {
    case 'open':
      return service.open(input as DataCalls['open']['input']);
    case 'command': {
      const command = input as DataCalls['command']['input'];
      return service.command(command.name, command.input);
    }
    case 'undo':
      return service.undo((input as DataCalls['undo']['input']).dots);
    case 'dismissRefused':
      return service.dismissRefused(input as DataCalls['dismissRefused']['input']);
    case 'retryRefused':
      return service.retryRefused(input as DataCalls['retryRefused']['input']);
    case 'query': {
      const query = input as DataCalls['query']['input'];
      return isExchangeQuery(query) ? Promise.resolve(sync.answer(query)) : service.answer(query);
    }
    case 'endpointEnrol':
      return sync.calls.endpointEnrol(input as DataCalls['endpointEnrol']['input']);
    case 'endpointSignIn':
      return sync.calls.endpointSignIn(input as DataCalls['endpointSignIn']['input']);
    case 'endpointCancelSignIn':
      return sync.calls.endpointCancelSignIn(null);
    case 'endpointAdmin':
      return sync.calls.endpointAdmin(input as DataCalls['endpointAdmin']['input']);
    case 'endpointForget':
      return sync.calls.endpointForget(null);
    case 'endpointTest':
      return sync.calls.endpointTest(input as DataCalls['endpointTest']['input']);
    case 'endpointDevices':
      return sync.calls.endpointDevices(null);
    case 'syncNow':
      return sync.calls.syncNow(null);
    case 'syncPause':
      return sync.calls.syncPause(input as DataCalls['syncPause']['input']);
    case 'searchEndpoint':
      return sync.calls.searchEndpoint(input as DataCalls['searchEndpoint']['input']);
    case 'bringTicket':
      return sync.calls.bringTicket(input as DataCalls['bringTicket']['input']);
    case 'syncScope':
      return sync.calls.syncScope(input as DataCalls['syncScope']['input']);
    case 'contentDigest':
      return service.contentDigest(input as DataCalls['contentDigest']['input']);
    case 'takeSnapshot':
      return service.takeSnapshot();
    case 'checkIntegrity':
      return service.checkIntegrity();
    case 'importFile':
      return jobs.importFile(input as DataCalls['importFile']['input']);
    case 'previewImport':
      return jobs.previewImport(input as DataCalls['previewImport']['input']);
    case 'undoImport':
      return jobs.undoImport(input as DataCalls['undoImport']['input']);
    case 'pastImports':
      return jobs.pastImports();
    case 'exportList':
      return jobs.exportList(input as DataCalls['exportList']['input']);
    case 'cancelJob':
      jobs.cancel();
      return Promise.resolve(null);
    case 'previewCalendar': {
      const { id, values, days } = input as DataCalls['previewCalendar']['input'];
      return service.space.state.serviceLevels.previewCalendar(id, values, days);
    }
    case 'previewPolicy': {
      const { id, values } = input as DataCalls['previewPolicy']['input'];
      return service.space.state.serviceLevels.previewPolicy(id, values);
    }
    case 'readHolidayFeed':
      return readHolidays((input as DataCalls['readHolidayFeed']['input']).text, service.now());
    case 'acknowledgeRecovery':
      service.acknowledgeRecovery();
      return Promise.resolve(null);
    default:
      return assertNever(name);
  }
}
