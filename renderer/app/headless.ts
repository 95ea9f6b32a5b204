import type { AppInfo, DesktopApi } from '../../shared/desktop-api.ts';
import type { DataClient } from '../data/data-client.ts';

/**
 * A run without a window: imports the file of the command line, if any, and reports what is in the space then. The
 * report's counts are of the space after the import.
 */
export async function runHeadless(data: DataClient, desktop: DesktopApi, info: AppInfo): Promise<void> {
  const outcome =
    info.import === null
      ? null
      : await data.call('importFile', { file: info.import, zone: info.timeZone, dryRun: false });
  const facet = await data.call('query', { type: 'facet', entity: 'ticket', field: 'state', where: [] });
  const states = Array.isArray(facet)
    ? Object.fromEntries(
        facet.map((each) => ['value' in each ? (each.value ?? 'none') : '', 'count' in each ? each.count : 0]),
      )
    : {};
  const { digest, records } = await data.call('contentDigest', { entity: null });
  const failure = outcome?.failure ?? null;
  const report = JSON.parse(
    JSON.stringify({ space: info.space, states, records, digest, import: outcome?.report ?? null, failure }),
  ) as Record<string, never>;
  await desktop.call('reportDone', { report, exitCode: failure === null ? 0 : 1 });
}
