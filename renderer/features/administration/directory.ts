import { z } from 'zod';
import type { EndpointFailure } from '../../../shared/desktop-endpoint.ts';
import { fail, succeed, type Result } from '../../../shared/result.ts';
import {
  accountsAnswerSchema,
  codeAnswerSchema,
  type AccountInfo,
  type AdminRequest,
  type CodeAnswer,
} from '../../../shared/sync/protocol-admin.ts';
import { deviceInfoSchema, type DeviceInfo } from '../../../shared/sync/protocol-identity.ts';
import type { DataClient } from '../../data/data-client.ts';

/** Accounts and devices as the endpoint last told them. Nothing of it is kept on the disk. */
export interface DirectoryState {
  readonly accounts: readonly AccountInfo[];
  readonly devices: readonly DeviceInfo[];
  /** Wall time (ms) of the last answer; null before the first. */
  readonly toldAt: number | null;
  readonly isAsking: boolean;
  /** Why the last try brought no answer. */
  readonly failure: EndpointFailure | null;
}

const devicesAnswerSchema = z.object({ devices: z.array(deviceInfoSchema) });

/** The endpoint's people and devices, shared by the screen and its dialogs. */
export class Directory {
  readonly #data: Pick<DataClient, 'call'>;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();
  #state: DirectoryState = { accounts: [], devices: [], toldAt: null, isAsking: false, failure: null };

  constructor(data: Pick<DataClient, 'call'>, now: () => number) {
    this.#data = data;
    this.#now = now;
  }

  readonly state = (): DirectoryState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Asks for both lists; what was told before stays in sight meanwhile, and when there is no answer. */
  async load(): Promise<void> {
    this.#set({ isAsking: true });
    const [accounts, devices] = await Promise.all([
      this.#ask({ ask: 'accounts' }, accountsAnswerSchema),
      this.#ask({ ask: 'devices' }, devicesAnswerSchema),
    ]);
    if (accounts.ok && devices.ok)
      this.#set({ ...accounts.value, ...devices.value, toldAt: this.#now(), isAsking: false, failure: null });
    else {
      const failure = accounts.ok ? (devices.ok ? null : devices.failure) : accounts.failure;
      this.#set({ isAsking: false, failure });
    }
  }

  /** @returns the code of the new account's first device */
  async addAccount(account: Extract<AdminRequest, { ask: 'add-account' }>['account']): Promise<Told<CodeAnswer>> {
    return await this.#change({ ask: 'add-account', account }, codeAnswerSchema);
  }

  async changeAccount(
    name: string,
    change: Extract<AdminRequest, { ask: 'change-account' }>['change'],
  ): Promise<Told<unknown>> {
    return await this.#change({ ask: 'change-account', name, change }, z.unknown());
  }

  async giveCode(name: string): Promise<Told<CodeAnswer>> {
    return await this.#ask({ ask: 'give-code', name }, codeAnswerSchema);
  }

  async revokeDevice(device: string): Promise<Told<unknown>> {
    return await this.#change({ ask: 'revoke-device', device }, z.unknown());
  }

  async #change<Value>(request: AdminRequest, schema: z.ZodType<Value>): Promise<Told<Value>> {
    const answer = await this.#ask(request, schema);
    if (answer.ok) void this.load();
    return answer;
  }

  async #ask<Value>(request: AdminRequest, schema: z.ZodType<Value>): Promise<Told<Value>> {
    const answer = await this.#data.call('endpointAdmin', request);
    if (!answer.ok) return answer;
    const parsed = schema.safeParse(JSON.parse(answer.value.text));
    if (parsed.success) return succeed(parsed.data);
    const detail = `${request.ask}: expected an answer of this protocol`;
    return fail({ kind: 'captive-portal', problem: null, retryAfterMs: null, detail });
  }

  #set(change: Partial<DirectoryState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

export type Told<Value> = Result<Value, EndpointFailure>;
