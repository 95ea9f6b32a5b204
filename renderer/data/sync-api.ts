import type { EntityKind } from '../../shared/domain/entities.ts';
import type { EndpointAccount, EndpointAnswer, EndpointFailure, EndpointFound } from '../../shared/desktop-endpoint.ts';
import type { FieldClass } from '../../shared/domain/field.ts';
import type { Dot, FieldValue } from '../../shared/sync/operation.ts';
import type { Result } from '../../shared/result.ts';
import type { AdminRequest } from '../../shared/sync/protocol-admin.ts';
import type { DeviceInfo } from '../../shared/sync/protocol-identity.ts';
import type { ScopeWish } from '../../shared/sync/protocol-scope.ts';
import type { SearchAnswer } from '../../shared/sync/protocol-search.ts';
import type { CommandOutcome } from './data-api.ts';

/** What the page watches and asks of the exchange with an endpoint: part of the contract in data-api.ts. */

/** The account this desk is enrolled for. */
export interface SyncLink {
  readonly url: string;
  readonly account: string;
  /** Id of the person record the desk writes as. */
  readonly person: string;
  /** Its title; '' when that record is not on this device. */
  readonly personName: string;
  readonly roles: readonly string[];
  readonly deviceName: string;
  readonly device: string;
  /** The space at the endpoint. */
  readonly endpointSpace: string;
}

export interface SyncProblem {
  readonly kind:
    Exclude<EndpointFailure['kind'], 'not-enrolled'> | 'versions-do-not-meet' | 'device-revoked' | 'bad-answer';
  /** The endpoint's own code, when it answered. */
  readonly code: string | null;
  /** Wall time in ms. */
  readonly since: number;
  readonly detail: string;
}

/** How the exchange stands. Times are wall times in ms. */
export interface SyncState {
  /** Null while no endpoint is set up. */
  readonly link: SyncLink | null;
  readonly paused: boolean;
  /** What this desk wants to be sent of what it may see. */
  readonly wish: ScopeWish;
  readonly phase: 'none' | 'idle' | 'connecting' | 'pushing' | 'pulling' | 'waiting' | 'stopped';
  readonly lastContactAt: number | null;
  readonly nextTryAt: number | null;
  readonly problem: SyncProblem | null;
  readonly progress: {
    readonly direction: 'push' | 'pull';
    readonly done: number;
    readonly total: number;
    /** What is counted: changes, or records that come as they are now. */
    readonly unit: 'changes' | 'records';
    /** The first time that this desk fetches what is there. */
    readonly isFirst: boolean;
  } | null;
  /** Own operations the endpoint has not, and the wall time of the oldest. */
  readonly waiting: number;
  readonly waitingSince: number | null;
  /** The endpoint's clock less ours. */
  readonly clockOffsetMs: number | null;
  readonly lastExchange: {
    readonly operationsOut: number;
    readonly operationsIn: number;
    readonly bytesOut: number;
    readonly bytesIn: number;
    readonly ms: number;
    readonly at: number;
  } | null;
}

export interface SyncQuery {
  readonly type: 'sync';
}

/** Own operations an authority refused, newest first, until the person puts them away. */
export interface RefusedQuery {
  readonly type: 'refused';
}

/** An operation that was refused; its values are only here (D7). */
export interface RefusedOperation {
  readonly dot: Dot;
  readonly command: string;
  /** One of `voidCodes`, or that of a newer endpoint. */
  readonly code: string;
  /** Where the endpoint found what it refused; the field is null when it means the whole write. */
  readonly entity: string;
  readonly id: string;
  readonly field: string | null;
  /** What the endpoint expected there; '' while only the refusal itself has arrived. */
  readonly expected: string;
  /** The record as it is shown here now, or as the refused operation would have named it. */
  readonly title: string;
  readonly reference: string;
  /** Wall time of the operation, and when this desk heard of the refusal. */
  readonly at: number;
  readonly refusedAt: number;
  readonly values: readonly {
    readonly entity: string;
    readonly id: string;
    readonly field: string;
    readonly value: FieldValue;
  }[];
}

/** Records with something to choose from, latest change first. */
export interface ConflictsQuery {
  readonly type: 'conflicts';
  readonly offset: number;
  readonly limit: number;
}

/** One value that nobody who wrote another had seen. */
export interface ConflictHead {
  readonly dot: Dot;
  readonly value: FieldValue;
  /** Title of the record the value points to, for fields that refer to one. */
  readonly title?: string;
  /** Wall time (ms) as its author's clock said, corrected by its known offset. */
  readonly at: number;
  /** Person who wrote it, '' when its operation is not on this device. */
  readonly user: string;
  readonly userName: string;
  readonly device: string;
  /** Written on this device. */
  readonly own: boolean;
  /** The one that lists show. */
  readonly shown: boolean;
}

export interface FieldConflict {
  /** `$deleted` when somebody deleted the record while another edited it; values are `true` (deleted) and null. */
  readonly field: string;
  readonly class: FieldClass;
  /** What all of them had seen; null when it was empty, or its operation is not on this device. */
  readonly base: FieldValue;
  readonly baseTitle?: string;
  readonly heads: readonly ConflictHead[];
}

export interface ConflictRow {
  readonly entity: EntityKind;
  readonly id: string;
  readonly title: string;
  readonly reference: string;
  /** Latest change of the record, in ms. */
  readonly at: number;
  readonly fields: readonly FieldConflict[];
}

export interface ConflictList {
  readonly total: number;
  readonly rows: readonly ConflictRow[];
}

/** Who else edits what at this moment, as far as the endpoint tells; none while it is not heard. */
export interface PresenceQuery {
  readonly type: 'presence';
}

export interface Presence {
  readonly entity: string;
  readonly id: string;
  /** Id of the person's record, and its title; '' when it is not here. */
  readonly person: string;
  readonly name: string;
  /** Wall time in ms. */
  readonly since: number;
}

/** Held for as long as the window has something unsaved in the record: others are told meanwhile. Answers nothing. */
export interface EditingQuery {
  readonly type: 'editing';
  readonly entity: string;
  readonly id: string;
}

/** What the exchange answers itself, not the space. */
export type ExchangeQuery = SyncQuery | PresenceQuery | EditingQuery;

export type SyncWatchQuery = ExchangeQuery | RefusedQuery | ConflictsQuery;

export interface SyncWatchResults {
  readonly sync: SyncState;
  readonly presence: readonly Presence[];
  readonly editing: null;
  readonly refused: readonly RefusedOperation[];
  readonly conflicts: ConflictList;
}

/** Why the endpoint could not be asked, or a ticket not be brought here. */
export interface BeyondFailure {
  readonly kind:
    | EndpointFailure['kind']
    | 'bad-answer'
    /** As many tickets are kept one by one as may be: choose more to be kept. */
    | 'kept-full'
    /** The ticket came and could not be taken before the next exchange. */
    | 'not-yet';
}

/** Setting up an endpoint, and when to exchange. */
export interface EndpointCallSet {
  /** Enrols this desk by a one-time code. `url` and `code` as typed. */
  readonly endpointEnrol: {
    readonly input: { readonly url: string; readonly code: string; readonly deviceName: string };
    readonly output: Result<EndpointAccount, EndpointFailure>;
  };
  /** The same by a sign-in with the system's browser; answers when that is over, or was given up. */
  readonly endpointSignIn: {
    readonly input: { readonly url: string; readonly deviceName: string };
    readonly output: Result<EndpointAccount, EndpointFailure>;
  };
  readonly endpointCancelSignIn: { readonly input: null; readonly output: null };
  /** What an administrator asks of the endpoint. Its answer as it came: `shared/sync/protocol-admin.ts` reads it. */
  readonly endpointAdmin: {
    readonly input: AdminRequest;
    readonly output: EndpointAnswer;
  };
  /** Gives the endpoint up; everything on this desk stays. */
  readonly endpointForget: { readonly input: null; readonly output: null };
  /** Whether an endpoint answers at an address as typed. Nothing is kept, no code is spent. */
  readonly endpointTest: {
    readonly input: { readonly url: string };
    readonly output: Result<EndpointFound, EndpointFailure>;
  };
  /** Devices of the own account. */
  readonly endpointDevices: {
    readonly input: null;
    readonly output: Result<readonly DeviceInfo[], EndpointFailure>;
  };
  /** Exchanges at once, also after a failure that only a person could mend. */
  readonly syncNow: { readonly input: null; readonly output: null };
  /** Holds until it is ended, also when the program starts again. What was taken until then stays taken. */
  readonly syncPause: { readonly input: { readonly paused: boolean }; readonly output: null };
  /** Tickets that are at the endpoint and not here, by words of their number and title. */
  readonly searchEndpoint: {
    readonly input: { readonly text: string };
    readonly output: Result<SearchAnswer, BeyondFailure>;
  };
  /** Brings one of them here, where it is kept until another choice is made. */
  readonly bringTicket: { readonly input: { readonly id: string }; readonly output: Result<null, BeyondFailure> };
  /**
   * Chooses what this desk is sent of what it may see. What comes in is fetched with the next exchange; what goes out is
   * forgotten here once the endpoint has all of it. Single tickets that were fetched besides go with the choice before.
   */
  readonly syncScope: { readonly input: Omit<ScopeWish, 'also'>; readonly output: null };
}

export interface SyncCalls extends EndpointCallSet {
  /** Puts a refused operation away; its text goes with it. */
  readonly dismissRefused: { readonly input: { readonly dot: Dot }; readonly output: null };
  /** Writes what was refused again, as a new operation on the records as they are now; puts the old one away. */
  readonly retryRefused: { readonly input: { readonly dot: Dot }; readonly output: CommandOutcome };
}
