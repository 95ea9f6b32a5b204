import type { AppInfo, DesktopApi } from '../../shared/desktop-api.ts';
import type { DataStatus } from '../data/data-api.ts';
import type { DataClient } from '../data/data-client.ts';

/** What a headless run tells; `failure` is null, or why nothing, or not all, was done. */
interface HeadlessOutcome {
  readonly report: object;
  readonly failure: object | null;
}

/**
 * A run without a window: imports the file of the command line, if any, and reports what is in the space then. Nobody
 * is there to see a screen or to make room on the disk: a space that cannot be opened, or written any more, ends it.
 * @param opened how the space stands after opening
 */
export async function runHeadless(
  data: DataClient,
  desktop: DesktopApi,
  info: AppInfo,
  opened: DataStatus,
): Promise<void> {
  const { report, failure } = await Promise.race([whenUnusable(data, opened), importAndCount(data, info)]).catch(
    (error: unknown): HeadlessOutcome => ({ report: {}, failure: { kind: 'failed', detail: String(error) } }),
  );
  const told = JSON.parse(JSON.stringify({ space: info.space, ...report, failure })) as Record<string, never>;
  await desktop.call('reportDone', { report: told, exitCode: failure === null ? 0 : 1 });
}

function whenUnusable(data: DataClient, opened: DataStatus): Promise<HeadlessOutcome> {
  return new Promise((resolve) => {
    const look = ({ phase, reason }: DataStatus): void => {
      if (phase !== 'failed' && phase !== 'read-only') return;
      resolve({ report: {}, failure: { kind: phase === 'failed' ? 'not-opened' : 'not-writable', detail: reason } });
    };
    look(opened);
    data.watch({ type: 'status' }, look);
  });
}

async function importAndCount(data: DataClient, info: AppInfo): Promise<HeadlessOutcome> {
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
  return { report: { states, records, digest, import: outcome?.report ?? null }, failure: outcome?.failure ?? null };
}
