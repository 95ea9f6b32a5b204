import { setTimeout as wait } from 'node:timers/promises';
import type { FieldValue } from '../../../shared/sync/operation.ts';
import type { Chance } from '../../simulation/chance.ts';
import type { Expected, Ledger } from './ledger.ts';
import type { PageClient } from './page-client.ts';

/** A hand stops when this says so, or when the desk under it is gone. */
export interface Stop {
  stopped: boolean;
  /** The disk will be full: a refusal that says so is no fault, and the hand tries again. */
  readonly fills?: boolean;
}

const pauseWhenFullMs = 100;

/** One person's tickets and what they did to them last. */
export interface Hand {
  readonly name: string;
  readonly tickets: string[];
  count: number;
}

/** More tickets than this are not made: the older ones are worked on. */
const ticketsPerHand = 40;

interface Action {
  readonly command: string;
  readonly input: unknown;
  readonly effects: ReadonlyMap<string, Expected>;
}

/** Works through the page's data client until stopped: each change is begun in the ledger and entered when acknowledged. */
export async function workByClient(
  client: PageClient,
  hand: Hand,
  ledger: Ledger,
  chance: Chance,
  stop: Stop,
  user: string,
): Promise<void> {
  while (!stop.stopped) {
    hand.count += 1;
    const { command, input, effects } = chooseAction(hand, ledger, chance, user);
    const { acknowledge, refuse } = ledger.begin(effects);
    let outcome;
    try {
      outcome = await client.call('command', { name: command, input });
    } catch (error) {
      if (stop.stopped) return;
      throw error;
    }
    if (!outcome.ok && outcome.failure.kind === 'storage-full' && stop.fills === true) {
      refuse();
      await wait(pauseWhenFullMs);
      continue;
    }
    if (!outcome.ok) throw new Error(`${command} was refused: ${JSON.stringify(outcome.failure)}`);
    acknowledge();
    if (command === 'ticket.create') hand.tickets.push(...effects.keys());
  }
}

function chooseAction(hand: Hand, ledger: Ledger, chance: Chance, user: string): Action {
  const mark = `${hand.name} ${hand.count}`;
  const usable = hand.tickets.filter((id) => ledger.known(id) !== undefined);
  if (usable.length < 6 || (usable.length < ticketsPerHand && chance.happens(0.2)))
    return createOne(mark, chance, user);
  const kind = chance.below(4);
  if (kind === 0) return editMany(mark, chance.shuffle(usable).slice(0, 5), ledger);
  const id = chance.pick(usable);
  const before = ledger.known(id);
  if (before === undefined) throw new Error(`ticket ${id} is not in the ledger`);
  if (kind === 1) return moveOne(mark, id, before);
  if (kind === 2) return editOne(mark, id, before);
  return change('ticket.comment', { id, audience: 'work-note', body: mark }, id, before, {}, mark);
}

function createOne(mark: string, chance: Chance, user: string): Action {
  const id = idOf(chance);
  const fields = {
    type: 'incident',
    title: `Kill ${mark}`,
    description: mark,
    impact: '2',
    urgency: '3',
    assignee: user,
  };
  return {
    command: 'ticket.create',
    input: { id, fields, workNote: mark },
    effects: new Map([[id, { fields: { ...fields, state: 'new' }, notes: [mark] }]]),
  };
}

/** Three fields that must change together. */
function editOne(mark: string, id: string, before: Expected): Action {
  const impact = before.fields['impact'] === '2' ? '1' : '2';
  const fields = { title: `Kill ${mark}`, description: mark, impact };
  return change('ticket.edit', { id, fields }, id, before, fields);
}

/** A state with its reason and a note that belongs to it. */
function moveOne(mark: string, id: string, before: Expected): Action {
  const state = before.fields['state'];
  if (state === 'new')
    return change('ticket.start', { id, workNote: mark }, id, before, { state: 'in-progress' }, mark);
  if (state === 'on-hold') {
    const fields = { state: 'in-progress', onHoldReason: null };
    return change('ticket.resume', { id, workNote: mark }, id, before, fields, mark);
  }
  const fields = { state: 'on-hold', onHoldReason: 'awaiting-vendor' };
  return change('ticket.hold', { id, reason: 'awaiting-vendor', workNote: mark }, id, before, fields, mark);
}

/** One change of five tickets: all of them or none. */
function editMany(mark: string, ids: readonly string[], ledger: Ledger): Action {
  const fields = { description: `for all: ${mark}` };
  const effects = new Map<string, Expected>();
  for (const id of ids) {
    const before = ledger.known(id);
    if (before) effects.set(id, { ...before, fields: { ...before.fields, ...fields } });
  }
  return { command: 'ticket.bulk', input: { ids, command: 'ticket.edit', input: { fields } }, effects };
}

function change(
  command: string,
  input: unknown,
  id: string,
  before: Expected,
  fields: Readonly<Record<string, FieldValue>>,
  note?: string,
): Action {
  const notes = note === undefined ? before.notes : [...before.notes, note];
  return { command, input, effects: new Map([[id, { fields: { ...before.fields, ...fields }, notes }]]) };
}

function idOf(chance: Chance): string {
  const hex = Buffer.from(chance.bytes(16)).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
