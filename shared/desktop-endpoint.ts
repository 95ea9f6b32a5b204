import { z } from 'zod';
import type { DeviceInfo } from './sync/protocol-identity.ts';
import { presenceRequestSchema, type PresenceEvent } from './sync/protocol-presence.ts';
import type { Result } from './result.ts';
import { searchLimits } from './sync/protocol-search.ts';
import { scopeWishSchema, wholeScope } from './sync/protocol-scope.ts';
import { spaceNameSchema as space } from './space-name.ts';
import { adminRequestSchema } from './sync/protocol-admin.ts';
import {
  deviceIdSchema,
  hashSchema,
  helloRequestSchema,
  positionSchema,
  protocolLimits,
  type HeadEvent,
  type Problem,
} from './sync/protocol.ts';

/**
 * The part of the process boundary that reaches an endpoint. Main holds the address, the tokens and the device key; the
 * page learns who it is there and gets the answers as they came. Main fetches only below the address the person typed.
 */

/** Who this desk is at the endpoint it was enrolled at. */
export interface EndpointAccount {
  /** Address as it is used, without a slash at the end. */
  readonly url: string;
  readonly account: string;
  /** The person the desk must name as `user` of its operations. */
  readonly person: string;
  readonly roles: readonly string[];
  readonly device: string;
  readonly deviceName: string;
  /** Id of the endpoint's space. */
  readonly space: string;
  /** Wall time (ms) of the last answer it gave; null before the first. */
  readonly lastContactAt: number | null;
}

export interface EndpointFailure {
  readonly kind:
    /** This machine has no network. */
    | 'offline'
    /** Nobody answers there, or the answer was cut. */
    | 'unreachable'
    /** Something else answers: a page to sign in to a network, a redirect, another program. */
    | 'captive-portal'
    | 'certificate'
    | 'proxy-auth'
    | 'timeout'
    /** The address belongs to another space than the one enrolled for. */
    | 'wrong-space'
    /** No endpoint is set up, or the device was renewed and must be enrolled again. */
    | 'not-enrolled'
    /** The system opened no browser. */
    | 'no-browser'
    /** The identity provider, or the person there, said no. */
    | 'sign-in-refused'
    /** The browser did not come back in time. */
    | 'sign-in-timeout'
    | 'sign-in-cancelled'
    /** The endpoint refused and says why. */
    | 'problem';
  readonly problem: Problem | null;
  /** How long (ms) the endpoint asks to be left alone; null when it does not say. */
  readonly retryAfterMs: number | null;
  /** For the log and for support: what was expected, where. Never text of a record. */
  readonly detail: string;
}

/** An endpoint that answered: its space, its wall time and how long (ms) the answer took. */
export interface EndpointFound {
  readonly url: string;
  readonly space: string;
  readonly serverTime: number;
  readonly ms: number;
  /** The identity provider people may sign in at; null where only codes enrol. */
  readonly provider: string | null;
}

/** The body of an answer as it came; whoever asked parses it. Bytes as on the wire, as far as can be told. */
export interface EndpointBody {
  readonly text: string;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly ms: number;
}
export type EndpointAnswer = Result<EndpointBody, EndpointFailure>;

/** What a person has chosen for the exchange of a space: kept with it, whether an endpoint is set up or not. */
export const syncChoicesSchema = z.strictObject({
  /** Nothing is exchanged until it is ended. */
  paused: z.boolean(),
  /** What this desk wants to be sent of what it may see. */
  wish: scopeWishSchema,
});
export type SyncChoices = Readonly<z.infer<typeof syncChoicesSchema>>;
export const usualChoices: SyncChoices = { paused: false, wish: wholeScope };

const address = z.string().min(1).max(500);
const snapshotHash = z.string().regex(/^[\w-]{1,128}$/);

export const endpointInputs = {
  /** `url` and `code` as typed. Replaces an earlier enrolment of the space once it has succeeded. */
  endpointEnrol: z.strictObject({
    space,
    url: address,
    code: z.string().min(1).max(60),
    deviceName: z.string().min(1).max(100),
    /** Id of the person record the desk has worked as. */
    person: z.string().min(1).max(64),
  }),
  /** As `endpointEnrol`, by a sign-in with the system's browser in the place of the code. Answers when that is over. */
  endpointSignIn: z.strictObject({
    space,
    url: address,
    deviceName: z.string().min(1).max(100),
    person: z.string().min(1).max(64),
  }),
  /** Gives up the sign-in under way, of which there is one; it answers `sign-in-cancelled`. */
  endpointCancelSignIn: z.null(),
  /** Enrols the device this desk has become in the place of the one that was enrolled: no new code is needed. */
  endpointRenew: z.strictObject({ space }),
  /** Whether an endpoint answers at an address as typed; nothing is kept. */
  endpointTest: z.strictObject({ url: address }),
  /** What is known without the network; null when no endpoint is set up. */
  endpointAccount: z.strictObject({ space }),
  endpointForget: z.strictObject({ space }),
  endpointHello: z.strictObject({ space, request: helloRequestSchema }),
  /** `lines` as `encodePushLine` writes them. Main signs `end`, the newest own operation among them. */
  endpointPush: z.strictObject({
    space,
    lines: z.string().max(protocolLimits.pushBytes),
    end: z.strictObject({ device: deviceIdSchema, seq: z.int().positive(), hash: hashSchema }).nullable(),
  }),
  endpointPull: z.strictObject({
    space,
    epoch: z.string().min(1).max(64),
    after: positionSchema,
    limit: z.int().min(1).max(protocolLimits.pullEntries),
  }),
  /** States of all this desk may see, by key, after a key: what to fetch when what it may see has changed. */
  endpointRecords: z.strictObject({
    space,
    after: z.string().max(200),
    limit: z.int().min(1).max(protocolLimits.recordsPage),
  }),
  /** One of them, with the entries of its log. */
  endpointRecord: z.strictObject({ space, entity: z.string().min(1).max(64), id: z.string().min(1).max(64) }),
  /** What a snapshot is made of, and one of its parts. */
  endpointSnapshot: z.strictObject({ space, hash: snapshotHash }),
  endpointSnapshotPart: z.strictObject({ space, hash: snapshotHash, part: z.int().nonnegative() }),
  /** Devices of the own account, revoked ones too. */
  endpointDevices: z.strictObject({ space }),
  /** What only administrators may ask. */
  endpointAdmin: z.strictObject({ space, request: adminRequestSchema }),
  /** Tickets this account may see, whether this desk keeps them or not. */
  endpointSearch: z.strictObject({ space, text: z.string().min(1).max(searchLimits.textMax) }),
  endpointChoices: z.strictObject({ space }),
  endpointChoose: z.strictObject({ space, choices: syncChoicesSchema }),
  /** The records this desk has something unsaved in, all of them; see the event `endpointPresence`. */
  endpointEditing: presenceRequestSchema.extend({ space }),
  /** Keeps a stream of heads open, or ends it; see the events. */
  endpointListen: z.strictObject({ space, on: z.boolean() }),
} as const satisfies Readonly<Record<string, z.ZodType>>;

export interface EndpointOutputs {
  readonly endpointEnrol: Result<EndpointAccount, EndpointFailure>;
  readonly endpointSignIn: Result<EndpointAccount, EndpointFailure>;
  readonly endpointCancelSignIn: null;
  readonly endpointRenew: Result<EndpointAccount, EndpointFailure>;
  readonly endpointTest: Result<EndpointFound, EndpointFailure>;
  readonly endpointAccount: EndpointAccount | null;
  readonly endpointForget: null;
  readonly endpointHello: EndpointAnswer;
  readonly endpointPush: EndpointAnswer;
  readonly endpointPull: EndpointAnswer;
  readonly endpointRecords: EndpointAnswer;
  readonly endpointRecord: EndpointAnswer;
  readonly endpointSnapshot: EndpointAnswer;
  /** NDJSON, unzipped. What came of a part that was cut is kept, and asked for no second time. */
  readonly endpointSnapshotPart: EndpointAnswer;
  readonly endpointDevices: Result<readonly DeviceInfo[], EndpointFailure>;
  readonly endpointAdmin: EndpointAnswer;
  readonly endpointSearch: EndpointAnswer;
  readonly endpointChoices: SyncChoices;
  readonly endpointChoose: null;
  readonly endpointEditing: Result<null, EndpointFailure>;
  readonly endpointListen: null;
}

export interface EndpointEvents {
  /** The endpoint's log has grown up to this position. */
  readonly endpointHead: HeadEvent & { readonly space: string };
  /** The stream of heads began or ended. While there is none, whoever wants to know must ask. */
  readonly endpointStream: { readonly space: string; readonly open: boolean };
  /** Who edits what, of all this desk may see: replaces what was told before. Ends with the stream. */
  readonly endpointPresence: PresenceEvent & { readonly space: string };
  /** The system's network came or went. */
  readonly networkChanged: { readonly online: boolean };
}
