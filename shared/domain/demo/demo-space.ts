import type { FieldValue } from '../../sync/operation.ts';
import type { Change } from '../change.ts';
import type { DecisionContext, DecisionRow, ReadRequest } from '../command.ts';
import { prepareCommand } from '../commands.ts';
import { planDemoChanges } from './demo-changes.ts';
import type { DemoInput, DemoTicketStep } from './demo-input.ts';

/** One operation of the demo: what somebody did and when (ms). In order of time. */
export interface DemoStep {
  readonly at: number;
  readonly user: string;
  readonly command: string;
  readonly changes: readonly Change[];
}

export interface DemoSpace {
  readonly steps: readonly DemoStep[];
  /** Id of the person at the desk. */
  readonly user: string;
}

type Ports = Pick<DecisionContext, 'now' | 'newId' | 'newReference'>;
interface Planned {
  readonly at: number;
  readonly user: string;
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
}

const minuteMs = 60_000;
/** The organisation is there this long before the oldest ticket. */
const leadMs = 24 * 60 * minuteMs;

/**
 * Plays the demo: every step is decided by the command of that name, so that the space is as if people had made it.
 * Throws when a step is refused: then the shipped input does not fit the rules, which a test would have shown.
 */
export function buildDemo(input: DemoInput, ports: Ports): DemoSpace {
  const ids = makeIds(input, ports.newId);
  const plan = [
    ...planOrganisation(input, ids, ports.now),
    ...planTickets(input, ids, ports.now),
    ...planProblems(input, ids, ports.now),
    ...planDemoChanges({ input, ids, now: ports.now, newId: ports.newId }),
  ];
  plan.sort((left, right) => left.at - right.at);
  const rows = new Map<string, DecisionRow>();
  const steps = plan.map((planned) => playStep(planned, rows, ports));
  return { steps, user: pick(ids.people, 0) };
}

type Ids = Readonly<
  Record<'sites' | 'people' | 'queues' | 'services' | 'assets' | 'tickets' | 'problems', readonly string[]>
>;

function makeIds(input: DemoInput, newId: () => string): Ids {
  const idsFor = (list: readonly unknown[]) => list.map(() => newId());
  return {
    sites: idsFor(input.sites),
    people: idsFor(input.people),
    queues: idsFor(input.queues),
    services: idsFor(input.services),
    assets: idsFor(input.assets),
    tickets: idsFor(input.tickets),
    problems: idsFor(input.problems),
  };
}

function planOrganisation(input: DemoInput, ids: Ids, now: number): readonly Planned[] {
  const at = now - Math.max(0, ...input.tickets.map((ticket) => ticket.ago)) * minuteMs - leadMs;
  const create = (entity: string, id: string, fields: Readonly<Record<string, FieldValue>>): Planned => ({
    at,
    user: pick(ids.people, 0),
    command: 'record.create',
    input: { entity, id, fields },
  });
  const [home] = input.sites;
  return [
    ...(home === undefined
      ? []
      : [
          {
            at,
            user: pick(ids.people, 0),
            command: 'policy.create-defaults',
            input: { timeZone: home.timeZone },
          },
        ]),
    ...input.sites.map(({ name, timeZone }, index) => create('site', pick(ids.sites, index), { name, timeZone })),
    ...input.people.map(({ name, jobTitle, site, queue }, index) =>
      create('person', pick(ids.people, index), {
        name,
        jobTitle,
        email: emailOf(name),
        site: pick(ids.sites, site),
        agent: queue >= 0,
      }),
    ),
    ...input.queues.map((name, index) => {
      const members = ids.people.filter((_, person) => input.people[person]?.queue === index);
      return create('queue', pick(ids.queues, index), { name, members });
    }),
    ...input.services.map(({ name, queue, minUp = null }, index) =>
      create('service', pick(ids.services, index), { name, supportQueue: pick(ids.queues, queue), minUp }),
    ),
    ...input.assets.map((asset, index) =>
      create('asset', pick(ids.assets, index), assetFields(asset, input, ids, now)),
    ),
    ...input.relations.map(({ from, type, to }) => ({
      at,
      user: pick(ids.people, 0),
      command: 'asset.relate',
      input: { id: pick(ids.assets, from), type, other: pick(ids.assets, to) },
    })),
  ];
}

const dayMs = 24 * 60 * minuteMs;
/** What devices are commonly bought with, and written off over. */
const usualLife = { depreciation: 'straight-line', usefulLife: 48, currency: 'EUR', residualValue: 0 } as const;

function assetFields(
  {
    bought,
    assignedTo,
    service,
    software,
    site,
    cost,
    serial,
    redundancy,
    seats,
    ...names
  }: DemoInput['assets'][number],
  input: DemoInput,
  ids: Ids,
  now: number,
): Readonly<Record<string, FieldValue>> {
  const boughtAt = bought === undefined ? null : now - bought * dayMs;
  return {
    ...names,
    serial: serial ?? null,
    redundancy: redundancy ?? null,
    seats: seats ?? null,
    site: pick(ids.sites, site),
    ...(service === undefined
      ? {}
      : { service: pick(ids.services, service), supportQueue: pick(ids.queues, input.services[service]?.queue ?? 0) }),
    ...(assignedTo === undefined ? {} : { assignedTo: pick(ids.people, assignedTo) }),
    ...(software === undefined ? {} : { software: pick(ids.assets, software) }),
    ...(cost === undefined ? {} : { cost, ...usualLife }),
    ...(boughtAt === null
      ? {}
      : { purchasedAt: boughtAt, inServiceAt: boughtAt, warrantyEnd: boughtAt + 3 * 365 * dayMs }),
  };
}

function planTickets(input: DemoInput, ids: Ids, now: number): readonly Planned[] {
  return input.tickets.flatMap((ticket, index) => {
    const { ago, by, steps, caller, site, service, asset, queue, major, ...texts } = ticket;
    const id = pick(ids.tickets, index);
    const fields = {
      ...texts,
      ...(major ? { major } : {}),
      caller: pick(ids.people, caller),
      site: pick(ids.sites, site),
      service: pick(ids.services, service),
      asset: asset < 0 ? null : pick(ids.assets, asset),
      queue: queue < 0 ? null : pick(ids.queues, queue),
    };
    const created: Planned = {
      at: now - ago * minuteMs,
      user: pick(ids.people, by),
      command: 'ticket.create',
      input: { id, fields },
    };
    return [created, ...steps.map((step) => planStep(step, id, ids, now))];
  });
}

function planProblems(input: DemoInput, ids: Ids, now: number): readonly Planned[] {
  return input.problems.flatMap(({ ago, by, title, description, incidents, whys, steps }, index) => {
    const id = pick(ids.problems, index);
    const at = now - ago * minuteMs;
    const user = pick(ids.people, by);
    return [
      {
        at,
        user,
        command: 'problem.create',
        input: { id, fields: { title, description }, incidents: incidents.map((each) => pick(ids.tickets, each)) },
      },
      ...whys.map((answer, place) => ({
        at,
        user,
        command: 'record.create',
        input: { entity: 'problem-why', fields: { problem: id, place: place + 1, answer } },
      })),
      ...steps.map(({ ago: stepAgo, by: who, command, ...rest }) => ({
        at: now - stepAgo * minuteMs,
        user: pick(ids.people, who),
        command,
        input: { id, ...rest },
      })),
    ];
  });
}

function planStep({ ago, by, command, ...step }: DemoTicketStep, id: string, ids: Ids, now: number): Planned {
  const { queue, assignee, duplicateOf, parent, ...rest } = step;
  const input = {
    id,
    ...rest,
    ...(queue === undefined ? {} : { queue: pick(ids.queues, queue) }),
    ...(assignee === undefined ? {} : { assignee: assignee === null ? null : pick(ids.people, assignee) }),
    ...(duplicateOf === undefined ? {} : { duplicateOf: pick(ids.tickets, duplicateOf) }),
    ...(parent === undefined ? {} : { fields: { parent: pick(ids.tickets, parent) } }),
  };
  return { at: now - ago * minuteMs, user: pick(ids.people, by), command, input };
}

function playStep({ at, user, command, input }: Planned, rows: Map<string, DecisionRow>, ports: Ports): DemoStep {
  const prepared = prepareCommand(command, input);
  const context: DecisionContext = {
    now: at,
    user,
    newId: ports.newId,
    newReference: ports.newReference,
    setting: () => undefined,
  };
  const decided = prepared.ok ? prepared.value.decide(readRows(prepared.value.reads, rows), context) : prepared;
  if (!decided.ok)
    throw new Error(
      `the demo does not fit the rules: ${command} ${JSON.stringify(input)}: ${JSON.stringify(decided.failure)}`,
    );
  for (const { entity, id, fields } of decided.value) {
    rows.set(id, { entity, id, values: { ...rows.get(id)?.values, ...fields } });
  }
  return { at, user, command, changes: decided.value };
}

/** What a decision asks to see, and no more: with all rows in its hands each step would look through them. */
function readRows(
  { ids, pointing, follow: followed = [], withEntries }: ReadRequest,
  rows: ReadonlyMap<string, DecisionRow>,
): ReadonlyMap<string, DecisionRow> {
  const wanted = new Map<string, DecisionRow>();
  const take = (row: DecisionRow | undefined): boolean => {
    if (row === undefined || wanted.has(row.id)) return false;
    wanted.set(row.id, row);
    return true;
  };
  const follow = (entity: string, field: string, to: string, deep: boolean): void => {
    for (const row of rows.values())
      if (row.entity === entity && row.values[field] === to && take(row) && deep) follow(entity, field, row.id, true);
  };
  for (const id of ids) take(rows.get(id));
  for (const id of ids) for (const field of followed) take(rows.get(String(rows.get(id)?.values[field])));
  for (const { entity, field, to, deep, below } of pointing ?? []) {
    follow(entity, field, to, deep === true);
    if (below) for (const { id } of wanted.values()) follow(below.entity, below.field, id, true);
  }
  if (withEntries === true)
    for (const row of rows.values())
      if (row.entity === 'ticket-entry' && wanted.has(String(row.values['ticket']))) take(row);
  return wanted;
}

/** Plain letters only: `Tomás Herrera` becomes `tomas.herrera@example.com`. */
function emailOf(name: string): string {
  const plain = name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z ]/g, '');
  return `${plain.replaceAll(' ', '.')}@example.com`;
}

function pick(ids: readonly string[], index: number): string {
  const id = ids[index];
  if (id === undefined) throw new Error(`the demo names position ${index} of a list of ${ids.length}`);
  return id;
}
