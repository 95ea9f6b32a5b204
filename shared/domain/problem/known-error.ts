import type { RecordValues, Refusal } from '../change.ts';
import type { EntityDefinition } from '../field.ts';
import { refuse } from '../refusal.ts';

export const knownErrorStatuses = ['draft', 'published', 'retired'] as const;
export const knownErrorDomains = ['network', 'server', 'application', 'desktop'] as const;

const longText = { type: 'text', maxLength: 8_000, multiline: true, merge: 'text' } as const;
const shortText = { type: 'text', maxLength: 100, merge: 'register', column: true } as const;

/** Known error: a problem that was analysed and is not resolved, as an article for whoever meets it again. */
export const knownError = {
  kind: 'known-error',
  area: 'problem',
  plain: true,
  referencePrefix: 'KE',
  titleField: 'name',
  check: checkKnownError,
  fields: {
    reference: { type: 'text', maxLength: 64, merge: 'fixed', column: true, searched: true, stamped: true },
    name: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    status: { type: 'choice', choices: knownErrorStatuses, merge: 'register', column: true },
    problem: { type: 'reference', to: 'problem', merge: 'register', column: true },
    symptom: longText,
    cause: longText,
    workaround: longText,
    solution: longText,
    errorCode: { ...shortText, searched: true },
    domain: { type: 'choice', choices: knownErrorDomains, merge: 'register', column: true },
    vendor: shortText,
    model: shortText,
    version: shortText,
    service: { type: 'reference', to: 'service', merge: 'register', column: true },
    /** The configuration items it touches (PRB-4). */
    assets: { type: 'reference', to: 'asset', merge: 'set' },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

/** What is published helps: it says how to get round the error, or how to solve it. */
function checkKnownError({ status, workaround, solution }: RecordValues, before: RecordValues): Refusal | null {
  const helps = [workaround, solution].some((text) => typeof text === 'string' && text !== '');
  if (status !== 'published' || helps) return null;
  const lost = before['workaround'] ? 'workaround' : 'solution';
  return refuse('known-error-without-help', { field: before['status'] === 'published' ? lost : 'status' }).failure;
}
