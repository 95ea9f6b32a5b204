import { roles as allRoles, type Role } from '../shared/domain/permissions.ts';
import { isRole } from './admission/authors.ts';
import { openEndpoint, type Endpoint } from './endpoint.ts';
import { addAccount, changeAccount, giveCode, listAccounts, revokeDevice } from './identity/administration.ts';
import { backUp, forgetBackup, restore } from './backup.ts';
import { usage, type CommandLine } from './options.ts';
import { findStorageCommand } from './storage-commands.ts';
import { UsageError } from './usage-error.ts';

/** Commands of the command line but `serve`. Each opens the space for itself: an embedded one must not be served then. */
export async function runCommand(
  { words, roles, options }: CommandLine,
  say: (text: string) => void,
  readInput: () => Promise<string>,
): Promise<void> {
  const [noun, verb, name] = words;
  const { place, care } = options();
  if (noun === 'backup' && verb === 'forget' && name !== undefined) return await forgetBackup(place, name, say);
  if (noun === 'backup' && verb !== undefined) return await backUp(place, verb, say);
  if (noun === 'restore' && verb !== undefined) return await restore(place, verb, say);
  const run = findStorageCommand(words, care) ?? findCommand(`${noun ?? ''} ${verb ?? ''}`, name, roles, readInput);
  if (run === undefined) throw new UsageError(`There is no command "${words.join(' ')}".\n\n${usage}`);
  const endpoint = await openEndpoint(place);
  try {
    await run(endpoint, say);
  } finally {
    await endpoint.store.close();
  }
}

export type Run = (endpoint: Endpoint, say: (text: string) => void) => Promise<void>;

function findCommand(
  command: string,
  name: string | undefined,
  roles: string | undefined,
  readInput: () => Promise<string>,
): Run | undefined {
  if (command === 'user list') return listUsers;
  if (command === 'device list') return listDevices;
  if (command === 'blobs verify') return verifyBlobs;
  if (name === undefined) return undefined;
  const named: Readonly<Record<string, Run>> = {
    'user add': async (endpoint, say) => {
      await addAccount(endpoint, name, readRoles(roles));
      await tellCode(endpoint, name, say);
    },
    'user code': async (endpoint, say) => await tellCode(endpoint, name, say),
    'user roles': async (endpoint) => await changeAccount(endpoint, name, { roles: readRoles(roles) }),
    'user password': async (endpoint) => {
      const password = (await readInput()).split('\n')[0] ?? '';
      if (password.length < 8) throw new UsageError('A password has 8 characters or more; 15 are better.');
      await changeAccount(endpoint, name, { password });
    },
    'user disable': async (endpoint) => await changeAccount(endpoint, name, { disabled: true }),
    'user enable': async (endpoint) => await changeAccount(endpoint, name, { disabled: false }),
    'device revoke': async (endpoint) => await revokeDevice(endpoint, name),
  };
  return Object.hasOwn(named, command) ? named[command] : undefined;
}

async function listUsers(endpoint: Endpoint, say: (text: string) => void): Promise<void> {
  for (const { name, roles, disabled, person } of await listAccounts(endpoint))
    say(`${name}\t${roles.join(',')}\t${person ?? 'no device yet'}${disabled ? '\tdisabled' : ''}`);
}

async function listDevices(endpoint: Endpoint, say: (text: string) => void): Promise<void> {
  const devices = await endpoint.store.read(async (store) => await store.devices());
  for (const { device, account, name, seenAt, revokedAt } of devices) {
    const seen = seenAt === null ? 'never seen' : `seen ${new Date(seenAt).toISOString()}`;
    say(`${device}\t${account}\t${name}\t${seen}${revokedAt === null ? '' : '\trevoked'}`);
  }
}

/** Ends with a failure when something is not as it should be, so that a timer notices. */
async function verifyBlobs({ blobs }: Endpoint, say: (text: string) => void): Promise<void> {
  if (blobs === null) throw new UsageError('Say where attachments are kept: --blobs DIR.');
  const { whole, bytes, damaged, missing } = await blobs.verify();
  say(`${whole} attachments are whole (${bytes} bytes).`);
  for (const hash of damaged) say(`damaged\t${hash}\tput aside; restore it from a backup`);
  for (const hash of missing) say(`missing\t${hash}\ta record refers to it`);
  if (damaged.length + missing.length > 0) process.exitCode = 1;
}

async function tellCode(endpoint: Endpoint, name: string, say: (text: string) => void): Promise<void> {
  const { code, expiresAt } = await giveCode(endpoint, name);
  say(`Code for one device of ${name}, until ${new Date(expiresAt).toISOString()}: ${code}`);
}

function readRoles(text: string | undefined): readonly Role[] {
  const given = (text ?? '').split(',').filter(Boolean);
  const known = given.filter(isRole);
  if (known.length > 0 && known.length === given.length) return known;
  throw new UsageError(`Give --roles with one or more of: ${allRoles.join(', ')}.`);
}
