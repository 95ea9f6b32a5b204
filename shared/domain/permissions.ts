import type { RecordValues } from './change.ts';
import { entities, type EntityKind } from './entities.ts';
import type { RecordArea } from './field.ts';

/** Who may do what. Pure, so that the desk (to show what is possible) and the endpoint (to admit it) give one answer. */
export const roles = [
  'requester',
  'technician',
  'desk-agent',
  'manager',
  'change-authority',
  'administrator',
  'auditor',
] as const;
export type Role = (typeof roles)[number];

export const verbs = [
  'read',
  'create',
  'edit',
  'comment',
  'work-note',
  'resolve',
  'reopen',
  'close',
  'cancel',
] as const;
export type Verb = (typeof verbs)[number];

export interface Actor {
  /** Id of the person. */
  readonly person: string;
  readonly roles: readonly Role[];
  /** Ids of the queues the person is a member of. */
  readonly queues: readonly string[];
}

export interface PermittedRecord {
  readonly entity: EntityKind;
  /** As shown; for an entry of a ticket's log, its `audience` with the values of the ticket. For `create`, the values it shall have. */
  readonly values: RecordValues;
}

/** How far a grant reaches: `own` = caller, opened by, or watched; `queues` = own, assigned to the actor, or in one of the actor's queues. */
type Reach = 'own' | 'queues' | 'all';
type Grants = Readonly<Partial<Record<RecordArea, Readonly<Partial<Record<Verb, Reach>>>>>>;

const everywhere = grantAll('all');
const readOnly = { read: 'all' } as const;

/** The matrix. A person's rights are the sum over their roles. */
const grants: Readonly<Record<Role, Grants>> = {
  requester: {
    ticket: { read: 'own', create: 'own', comment: 'own', reopen: 'own', close: 'own', cancel: 'own' },
    organisation: readOnly,
    policy: readOnly,
  },
  technician: {
    ticket: { ...grantAll('queues'), create: 'all' },
    // A problem belongs to nobody's queue alone: whoever meets its incidents adds to what is known.
    problem: everywhere,
    change: { ...grantAll('queues'), read: 'all', create: 'all' },
    organisation: readOnly,
    policy: readOnly,
    setting: readOnly,
  },
  'desk-agent': {
    ticket: everywhere,
    problem: everywhere,
    change: everywhere,
    organisation: { ...readOnly, create: 'all', edit: 'all' },
    policy: readOnly,
    setting: readOnly,
  },
  manager: {
    ticket: everywhere,
    problem: everywhere,
    change: everywhere,
    organisation: everywhere,
    policy: everywhere,
    setting: readOnly,
  },
  'change-authority': {
    ticket: { read: 'all', comment: 'all', 'work-note': 'all' },
    problem: { read: 'all', 'work-note': 'all' },
    change: everywhere,
    organisation: readOnly,
    policy: readOnly,
    setting: readOnly,
  },
  administrator: {
    ticket: everywhere,
    problem: everywhere,
    change: everywhere,
    organisation: everywhere,
    policy: everywhere,
    setting: everywhere,
  },
  auditor: {
    ticket: readOnly,
    problem: readOnly,
    change: readOnly,
    organisation: readOnly,
    policy: readOnly,
    setting: readOnly,
  },
};

/** Whether one of the actor's roles lets them do `verb` to the record. Unknown roles (of a newer version) grant nothing. */
export function may(actor: Actor, verb: Verb, record: PermittedRecord): boolean {
  return actor.roles.some((role) => {
    const reach = Object.hasOwn(grants, role) ? grants[role][entities[record.entity].area]?.[verb] : undefined;
    if (reach === undefined || !isReached(actor, reach, record.values)) return false;
    return role !== 'requester' || mayRequester(verb, record);
  });
}

/** Requesters never see work notes. INC-3: nor do they reopen or close a major incident. */
function mayRequester(verb: Verb, { entity, values }: PermittedRecord): boolean {
  if (entity === 'ticket-entry' && values['audience'] === 'work-note') return false;
  return values['major'] !== true || (verb !== 'resolve' && verb !== 'reopen' && verb !== 'close');
}

function isReached(actor: Actor, reach: Reach, values: RecordValues): boolean {
  if (reach === 'all') return true;
  const own =
    values['caller'] === actor.person ||
    values['openedBy'] === actor.person ||
    values[`watchers/${actor.person}`] === true;
  if (own || reach === 'own') return own;
  const queue = values['queue'];
  return values['assignee'] === actor.person || (typeof queue === 'string' && actor.queues.includes(queue));
}

function grantAll(reach: Reach): Readonly<Record<Verb, Reach>> {
  return {
    read: reach,
    create: reach,
    edit: reach,
    comment: reach,
    'work-note': reach,
    resolve: reach,
    reopen: reach,
    close: reach,
    cancel: reach,
  };
}
