import type { z } from 'zod';
import type { DesktopInput } from '../../shared/desktop-api.ts';
import type { EndpointAnswer, EndpointBody, EndpointFailure } from '../../shared/desktop-endpoint.ts';
import {
  helloAnswerSchema,
  pushAnswerSchema,
  type HelloAnswer,
  type HelloRequest,
  type PushAnswer,
} from '../../shared/sync/protocol.ts';
import { parsePullPage, parseSnapshotPart, type PullPage } from '../../shared/sync/protocol-lines.ts';
import {
  recordAnswerSchema,
  recordsAnswerSchema,
  snapshotManifestSchema,
  type RecordAnswer,
  type RecordsAnswer,
  type SnapshotManifest,
} from '../../shared/sync/protocol-records.ts';
import { searchAnswerSchema, type SearchAnswer } from '../../shared/sync/protocol-search.ts';
import type { SentRecord } from '../../shared/sync/sent-record.ts';
import { askDesktop, type DesktopPort } from '../data/desktop-port.ts';

/** Why an exchange could not go on. `bad-answer`: the endpoint said something this version cannot read. */
export type CallFailure = EndpointFailure | { readonly kind: 'bad-answer'; readonly detail: string };

/** Thrown by every call that did not bring an answer. */
export class CallError extends Error {
  readonly failure: CallFailure;

  constructor(failure: CallFailure) {
    super(`${failure.kind}: ${failure.detail}`);
    this.name = 'CallError';
    this.failure = failure;
  }
}

/** An answer, parsed, with what it cost. */
export interface Heard<Value> {
  readonly value: Value;
  readonly cost: Omit<EndpointBody, 'text'>;
}

/** The endpoint as the engine speaks to it: main carries, here is read what came. */
export interface EndpointCalls {
  readonly hello: (request: HelloRequest) => Promise<Heard<HelloAnswer>>;
  readonly push: (push: Omit<DesktopInput<'endpointPush'>, 'space'>) => Promise<Heard<PushAnswer>>;
  readonly pull: (query: Omit<DesktopInput<'endpointPull'>, 'space'>) => Promise<Heard<PullPage>>;
  readonly records: (after: string, limit: number) => Promise<Heard<RecordsAnswer>>;
  readonly record: (entity: string, id: string) => Promise<Heard<RecordAnswer>>;
  readonly search: (text: string) => Promise<Heard<SearchAnswer>>;
  readonly snapshot: (hash: string) => Promise<Heard<SnapshotManifest>>;
  readonly snapshotPart: (hash: string, part: number) => Promise<Heard<readonly SentRecord[]>>;
}

export function openEndpointCalls(port: DesktopPort, space: string): EndpointCalls {
  return {
    hello: async (request) =>
      hear(await askDesktop(port, 'endpointHello', { space, request }), readAs(helloAnswerSchema)),
    push: async (push) => hear(await askDesktop(port, 'endpointPush', { space, ...push }), readAs(pushAnswerSchema)),
    pull: async (query) => hear(await askDesktop(port, 'endpointPull', { space, ...query }), readPage),
    records: async (after, limit) =>
      hear(await askDesktop(port, 'endpointRecords', { space, after, limit }), readAs(recordsAnswerSchema)),
    record: async (entity, id) =>
      hear(await askDesktop(port, 'endpointRecord', { space, entity, id }), readAs(recordAnswerSchema)),
    search: async (text) => hear(await askDesktop(port, 'endpointSearch', { space, text }), readAs(searchAnswerSchema)),
    snapshot: async (hash) =>
      hear(await askDesktop(port, 'endpointSnapshot', { space, hash }), readAs(snapshotManifestSchema)),
    snapshotPart: async (hash, part) =>
      hear(await askDesktop(port, 'endpointSnapshotPart', { space, hash, part }), readPart),
  };
}

function hear<Value>(answer: EndpointAnswer, read: (text: string) => Value): Heard<Value> {
  if (!answer.ok) throw new CallError(answer.failure);
  const { text, ...cost } = answer.value;
  return { value: read(text), cost };
}

function readAs<Value>(schema: z.ZodType<Value>): (text: string) => Value {
  return (text) => {
    const parsed = schema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw badAnswer(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.code ?? ''}`);
  };
}

function readPage(text: string): PullPage {
  const page = parsePullPage(text);
  if (page.ok) return page.value;
  // The message of a bad line may quote it.
  throw badAnswer(`line ${page.failure.line} of a page`);
}

function readPart(text: string): readonly SentRecord[] {
  const states = parseSnapshotPart(text);
  if (states.ok) return states.value;
  throw badAnswer(`line ${states.failure.line} of a part`);
}

export function badAnswer(detail: string): CallError {
  return new CallError({ kind: 'bad-answer', detail: `expected an answer of this protocol: ${detail}`.slice(0, 300) });
}
