/** What the simulation asks of the real endpoint, which lives in a thread of its own: the simulated world is synchronous. */
export interface Calls {
  /** A new, empty space. `reads` are the kinds and the schema version its program knows. */
  readonly open: { readonly input: Reads; readonly output: { readonly systemDevice: string } };
  readonly hello: { readonly input: null; readonly output: string };
  /** Lines of a push. `vouched`: ends of chains the authority signs for, so that they are not judged. */
  readonly push: {
    readonly input: {
      readonly pusher: string;
      readonly lines: string;
      readonly devices: readonly string[];
      readonly vouched: readonly { readonly device: string; readonly seq: number; readonly hash: string }[];
      readonly crash: boolean;
    };
    readonly output: null;
  };
  readonly pull: { readonly input: { readonly after: number; readonly limit: number }; readonly output: string };
  /** States of all records as they are stored, as JSON. */
  readonly states: { readonly input: null; readonly output: string };
  readonly backUp: { readonly input: null; readonly output: null };
  readonly restore: { readonly input: 'new' | 'same'; readonly output: null };
  readonly upgrade: { readonly input: Reads; readonly output: null };
  readonly close: { readonly input: null; readonly output: null };
}

export interface Reads {
  readonly schemaVersion: number;
  readonly kinds: readonly string[];
}

export interface Request {
  readonly name: keyof Calls;
  readonly input: unknown;
}

export type Reply = { readonly ok: true; readonly output: unknown } | { readonly ok: false; readonly message: string };
