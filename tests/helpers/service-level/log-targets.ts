import { evaluateTargets, type TargetState } from '../../../shared/domain/service-level/evaluate-target.ts';
import { buildHistory } from '../../../shared/domain/service-level/ticket-history.ts';
import { ticket } from '../../../shared/domain/ticket/ticket.ts';
import type { Dot } from '../../../shared/sync/operation.ts';
import { trailEventOf, type TrailEvent } from '../../../shared/sync/trail.ts';
import { importText, MemorySpace } from '../exchange/memory-space.ts';
import { judgeLog, readLog, type LogAgreement, type LogTarget } from './log-oracle.ts';
import { level, policyOf } from './ticket-script.ts';

const priorities = ['1', '2', '3', '4', '5'] as const;
const week = Array.from({ length: 7 }, (_, day) =>
  day < 5
    ? ([
        [480, 720],
        [780, 1_020],
      ] as const)
    : [],
);

/** Office hours of the worked examples, in minutes by priority. */
export const agreement: LogAgreement = {
  calendar: {
    zone: 'Europe/Berlin',
    weekly: week,
    holidays: ['2026-04-03', '2026-04-06', '2026-05-01', '2026-12-25'],
    specialDays: { '2026-12-24': [[480, 720]] },
  },
  response: { '1': 15, '2': 30, '3': 240, '4': 480, '5': 960 },
  resolution: { '1': 240, '2': 480, '3': 1_440, '4': 2_400, '5': 4_800 },
};

const reasons = ['awaiting-caller', 'awaiting-change', 'awaiting-problem', 'awaiting-vendor'];
const policy = policyOf(
  Object.fromEntries(
    priorities.flatMap((priority) =>
      (['response', 'resolution'] as const).map((target) => [
        `${target}-${priority}`,
        level({
          target,
          amount: agreement[target][priority] ?? 0,
          unit: 'minutes',
          [`priorities/${priority}`]: true,
          ...Object.fromEntries(reasons.map((reason) => [`pausesOn/${reason}`, target === 'resolution'])),
        }),
      ]),
    ),
  ),
);

export interface LogComparison {
  readonly incidents: number;
  readonly targets: number;
  readonly overdue: number;
  /** What the two calculations do not agree on. */
  readonly differences: readonly string[];
}

/**
 * Imports an update log as the program does, computes both targets of every incident from its operations, and compares
 * them with a calculation over the rows of the file, by `judge`.
 */
export async function compareLog(csv: string, judge: LogAgreement = agreement): Promise<LogComparison> {
  const log = readLog(csv);
  const now = Math.max(...[...log.values()].flatMap((rows) => rows.map(({ at }) => at))) + 3 * 86_400_000;
  const judged = judgeLog(log, judge, now);
  const space = new MemorySpace();
  await importText(space, csv);
  const differences: string[] = [];
  let [targets, overdue] = [0, 0];
  for (const record of space.all('ticket')) {
    const number = String(record.values['number']);
    const expected = judged.get(number);
    const history = buildHistory(trailOf(record.id, record.steps), { now, isAgent: () => true });
    if (!expected || !history) {
      differences.push(`${number}: not in the log`);
      continue;
    }
    for (const state of evaluateTargets(history, policy, now)) {
      targets += 1;
      overdue += Number(state.breachedAt !== null);
      const wanted = state.level.target === 'response' ? expected.response : expected.resolution;
      const difference = differenceOf(state, wanted);
      if (difference !== '') differences.push(`${number} ${state.level.target}: ${difference}`);
    }
  }
  return { incidents: judged.size, targets, overdue, differences };
}

function trailOf(id: string, steps: MemorySpace['steps']): readonly TrailEvent[] {
  const heads = new Map<string, readonly Dot[]>();
  return steps.flatMap(({ at, user, command, changes }, index) =>
    changes.flatMap((change) => {
      if (change.id !== id) return [];
      const parents = Object.fromEntries(Object.keys(change.fields).map((name) => [name, heads.get(name) ?? []]));
      const operation = {
        device: 'L0G0000000',
        seq: index + 1,
        at: [at, 0] as const,
        clockOffset: null,
        user,
        schemaVersion: 1,
        previousHash: '',
        command,
        occurredAt: at,
        writes: [],
      };
      for (const name of Object.keys(change.fields)) heads.set(name, [`L0G0000000:${index + 1}`]);
      return trailEventOf(operation, { ...change, parents }, ticket.trail) ?? [];
    }),
  );
}

function differenceOf(state: TargetState, expected: LogTarget): string {
  const came = {
    endedAt: state.cycle.to,
    elapsedMs: state.elapsedMs,
    dueAt: state.dueAt,
    isOverdue: state.breachedAt !== null,
  };
  return JSON.stringify(came) === JSON.stringify(expected)
    ? ''
    : `computed ${JSON.stringify(came)}, by the rows ${JSON.stringify(expected)}`;
}
