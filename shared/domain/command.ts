import type { z } from 'zod';
import type { Result } from '../result.ts';
import type { Change, RecordValues, Refusal } from './change.ts';
import type { EntityKind } from './entities.ts';

/** A record as a decision sees it. */
export interface DecisionRow {
  readonly entity: EntityKind;
  readonly id: string;
  readonly values: RecordValues;
}

/** What a decision must see before it decides. The caller reads it; deciding stays pure (D4). */
export interface ReadRequest {
  /** Records by id; one that does not exist is simply absent from the rows. */
  readonly ids: readonly string[];
  /** All records whose reference `field` points to `to`, e.g. the children of a parent ticket; `deep` follows them down. */
  readonly pointing?: readonly {
    readonly entity: EntityKind;
    readonly field: string;
    readonly to: string;
    readonly deep?: true;
    /** What points to those in turn, followed down: the children of the incidents of a problem. */
    readonly below?: { readonly entity: EntityKind; readonly field: string };
  }[];
  /** Reference fields of the records by id: what they point to is read, too. */
  readonly follow?: readonly string[];
  /** Also the entries of the logs of all these, as rows of their own. */
  readonly withEntries?: true;
}

/** Clock, chance and actor, passed in. */
export interface DecisionContext {
  /** Wall time in ms. */
  readonly now: number;
  /** Id of the acting person. */
  readonly user: string;
  /** A fresh UUIDv7. */
  readonly newId: () => string;
  /** A fresh device reference, e.g. INC-K3V9-17 (D1). */
  readonly newReference: (prefix: string) => string;
  /** Value of a setting of the space, parsed from JSON; undefined when it was never set: use the ITIL default. */
  readonly setting: (name: string) => unknown;
}

/** One thing a person can ask for. The data worker and the endpoint run the same object. */
export interface Command<Input> {
  /** `noun.verb`, e.g. `ticket.resolve`. */
  readonly name: string;
  readonly input: z.ZodType<Input>;
  readonly reads: (input: Input) => ReadRequest;
  readonly decide: (
    input: Input,
    rows: ReadonlyMap<string, DecisionRow>,
    context: DecisionContext,
  ) => Result<readonly Change[], Refusal>;
}
