import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import type { RefusedOperation } from '../../../../../renderer/data/sync-api.ts';
import { syncFeature } from '../../../../../renderer/features/sync/feature.ts';
import {
  refusedAsText,
  refusedReason,
  refusedReferences,
  refusedTicket,
} from '../../../../../renderer/features/sync/refused/refused-text.ts';
import type { SyncText } from '../../../../../renderer/features/sync/sync-text.ts';
import { commonMessages } from '../../../../../renderer/services/common-messages.ts';
import { translate } from '../../../../../renderer/services/text.ts';
import { voidCodes } from '../../../../../shared/sync/protocol.ts';

const intl = createIntl({ locale: 'en', messages: { ...commonMessages.en, ...syncFeature.messages.en } });
const text: SyncText = (key, values) => translate(intl, key, values);

function refused(change: Partial<RefusedOperation>): RefusedOperation {
  const what = { command: 'ticket.edit', code: 'not-permitted', entity: 'ticket', id: 't-1', field: null };
  const about = { expected: '', title: 'Printer', reference: 'INC-K3V9-7', at: 1, refusedAt: 2, values: [] };
  return { dot: 'K:7', ...what, ...about, ...change };
}

describe('the words for a refused operation', () => {
  it('say why and what to do for every code there is, and name the field where it is known', () => {
    const unknown = refusedReason(text, refused({ code: 'of-a-newer-endpoint' }));
    expect(unknown.why).toContain('of-a-newer-endpoint');
    for (const code of voidCodes) {
      const plain = refusedReason(text, refused({ code }));
      expect(plain.why, code).not.toBe(unknown.why);
      expect(plain.do, code).not.toBe(unknown.do);
    }
    expect(refusedReason(text, refused({ field: 'priority' })).why).toContain('“Priority”');
    expect(refusedReason(text, refused({ code: 'withdrawn', field: 'priority' })).why).not.toContain('refused.');
  });

  it('hand over every value a person wrote, whole, with choices and references in words', () => {
    const long = `first line\n${'word '.repeat(2_000)}end`;
    const values = [
      { entity: 'ticket', id: 't-1', field: 'impact', value: '1' },
      { entity: 'ticket', id: 't-1', field: 'priority', value: '1' },
      { entity: 'ticket', id: 't-1', field: 'assignee', value: 'p-1' },
      { entity: 'ticket', id: 't-1', field: 'description', value: long },
      { entity: 'ticket', id: 't-1', field: 'resolvedAt', value: 5 },
    ];
    const operation = refused({ values });
    expect(refusedReferences(operation)).toEqual(['p-1']);
    const copied = refusedAsText(text, operation, new Map([['p-1', 'Aiko Tanaka']]), String);
    expect(copied).toContain('INC-K3V9-7 Printer');
    expect(copied).toContain('Impact: 1 – Whole organisation');
    expect(copied).toContain('Priority: P1 Critical');
    expect(copied).toContain('Assignee: Aiko Tanaka');
    expect(copied).toContain(long);
    expect(copied).not.toContain('Resolved');
  });

  it('find the ticket of a refused comment, and show its text alone', () => {
    const values = [
      { entity: 'ticket-entry', id: 'e-1', field: 'ticket', value: 't-9' },
      { entity: 'ticket-entry', id: 'e-1', field: 'body', value: 'Called the site' },
      { entity: 'ticket-entry', id: 'e-1', field: 'author', value: 'p-1' },
    ];
    const comment = refused({ entity: 'ticket-entry', id: 'e-1', values });
    expect(refusedTicket(comment)).toBe('t-9');
    expect(refusedReferences(comment)).toEqual([]);
    expect(refusedAsText(text, comment, new Map(), String)).toContain('Text: Called the site');
  });
});
