import type { ConflictHead, ConflictRow, RefusedOperation, SyncState } from '../../renderer/data/sync-api.ts';

/** States of the exchange to look at, about `now` (ms). */
export function syncStates(now: number): Readonly<Record<string, Partial<SyncState>>> {
  const minute = 60_000;
  const link = {
    url: 'https://desk.example.org',
    account: 'agent',
    person: 'person-agent',
    personName: 'Aiko Tanaka',
    roles: ['desk-agent', 'technician'],
    deviceName: 'Laptop, second floor',
    device: 'K3V9Q2M7TA',
    endpointSpace: 'example-office',
  };
  const calm: Partial<SyncState> = {
    link,
    paused: false,
    phase: 'idle',
    lastContactAt: now - 40_000,
    nextTryAt: null,
    problem: null,
    progress: null,
    waiting: 0,
    waitingSince: null,
    clockOffsetMs: 210,
    lastExchange: { operationsOut: 12, operationsIn: 34, bytesOut: 8_140, bytesIn: 22_410, ms: 340, at: now - 40_000 },
  };
  const waiting = { waiting: 3, waitingSince: now - 95 * minute };
  const problem = (kind: NonNullable<SyncState['problem']>['kind'], detail: string, code: string | null = null) => ({
    ...calm,
    ...waiting,
    phase: 'waiting' as const,
    nextTryAt: now + minute,
    problem: { kind, code, since: now - 20 * minute, detail },
  });
  return {
    current: calm,
    waiting: { ...calm, ...waiting },
    paused: { ...calm, ...waiting, paused: true },
    offline: problem('offline', ''),
    captive: problem('captive-portal', 'expected an answer, found a redirect'),
    certificate: problem('certificate', 'net::ERR_CERT_DATE_INVALID'),
    revoked: { ...problem('device-revoked', 'device-revoked at body.device', 'device-revoked'), phase: 'stopped' },
    clock: { ...calm, clockOffsetMs: -11 * minute },
    working: {
      ...calm,
      phase: 'pulling',
      progress: { direction: 'pull', done: 3_412, total: 10_000, unit: 'records', isFirst: true },
    },
  };
}

function head(change: Partial<ConflictHead> & Pick<ConflictHead, 'dot' | 'value'>, now: number): ConflictHead {
  return {
    at: now - 3_600_000,
    user: 'person-other',
    userName: 'Mara Lindqvist',
    device: 'P7QX2M4KWA',
    own: false,
    shown: false,
    ...change,
  };
}

/** Conflicts of these tickets: a choice, a reference, a long text, a title. */
export function conflictsOf(
  tickets: readonly { readonly id: string; readonly title: string; readonly reference: string }[],
  now: number,
): readonly ConflictRow[] {
  const own = { own: true, user: 'me', userName: '', device: 'K3V9Q2M7TA', at: now - 5_400_000 };
  return tickets.map(({ id, title, reference }, index) => ({
    entity: 'ticket',
    id,
    title,
    reference,
    at: now - index * 1_900_000,
    fields: [
      {
        field: 'state',
        class: 'guarded' as const,
        base: 'new',
        heads: [
          head({ dot: `P7QX2M4KWA:${index + 1}`, value: 'on-hold', shown: true }, now),
          head({ dot: `K3V9Q2M7TA:${index + 1}`, value: 'in-progress', ...own }, now),
        ],
      },
      {
        field: 'assignee',
        class: 'register' as const,
        base: null,
        heads: [
          head({ dot: `P7QX2M4KWA:${index + 100}`, value: 'p-1', title: 'Mara Lindqvist', shown: true }, now),
          head({ dot: `K3V9Q2M7TA:${index + 100}`, value: 'p-2', title: 'Aiko Tanaka', ...own }, now),
          head({ dot: `Z1XX2M4KWA:${index + 1}`, value: 'p-3', title: 'Tomás Herrera', userName: 'Priya Nair' }, now),
        ],
      },
      {
        field: 'description',
        class: 'text' as const,
        base: 'Labels come out blank on every third print since this morning.\nReboot did not help.',
        heads: [
          head(
            {
              dot: `P7QX2M4KWA:${index + 200}`,
              value:
                'Labels come out blank on every third print since this morning.\nReboot did not help, nor did another roll of media.',
              shown: true,
            },
            now,
          ),
          head(
            {
              dot: `K3V9Q2M7TA:${index + 200}`,
              value:
                'Labels at gate 4 come out blank on every third print since this morning.\nReboot did not help.\nMedia: 100×150 thermal.',
              ...own,
            },
            now,
          ),
        ],
      },
      {
        field: 'title',
        class: 'register' as const,
        base: 'Label printer prints blank',
        heads: [
          head({ dot: `P7QX2M4KWA:${index + 300}`, value: 'Label printer prints blank labels', shown: true }, now),
          head({ dot: `K3V9Q2M7TA:${index + 300}`, value: 'Gate 4: label printer prints blank', ...own }, now),
        ],
      },
    ].slice(0, index === 0 ? 4 : 1 + (index % 3)),
  }));
}

/** Operations an endpoint refused, one for each kind of reason that reads differently. */
export function refusedOperations(
  ticket: { readonly id: string; readonly title: string; readonly reference: string },
  now: number,
): readonly RefusedOperation[] {
  const base = { entity: 'ticket', ...ticket, at: now - 7_200_000, refusedAt: now - 60_000 };
  return [
    {
      ...base,
      dot: 'K3V9Q2M7TA:41',
      command: 'ticket.edit',
      code: 'not-permitted',
      field: 'priority',
      expected: 'a role that may set the priority in this queue',
      values: [
        { entity: 'ticket', id: ticket.id, field: 'impact', value: '1' },
        { entity: 'ticket', id: ticket.id, field: 'priority', value: '1' },
      ],
    },
    {
      ...base,
      dot: 'K3V9Q2M7TA:38',
      command: 'ticket.comment',
      code: 'bad-value',
      entity: 'ticket-entry',
      field: 'body',
      expected: 'a text of at most 32,000 characters',
      values: [
        {
          entity: 'ticket-entry',
          id: 'e-1',
          field: 'body',
          value:
            'Called the site. The switch in rack B was moved last night, the printer still has the old port.\nCable is at the front desk; Priya takes it along at 14:00.',
        },
      ],
    },
  ];
}
