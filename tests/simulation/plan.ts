import { Chance } from './chance.ts';

/** Faults that happen to a world, as rates from 0 (never) to 1. Each one can be switched off alone when shrinking. */
export const faultNames = [
  'loss',
  'duplication',
  'reorder',
  'delay',
  'crash',
  'restart',
  'clockJump',
  'newEpoch',
  'sameEpoch',
  'hostCrash',
  'torn',
  'late',
  'copied',
  'missing',
  'unmounted',
  'wipe',
  'rollback',
  'clone',
  'join',
  'catchUp',
  'refusal',
  'scope',
  'schemaMix',
  'undo',
  'twin',
] as const;
export type FaultName = (typeof faultNames)[number];
export type FaultRates = Readonly<Record<FaultName, number>>;

export type Transport = 'endpoint' | 'folder' | 'both';

/** One world: everything that happens in it follows from this. */
export interface WorldPlan {
  readonly seed: number;
  readonly transports: readonly Transport[];
  /** Steps that happen, by number; each draws its own chance, so that any of them can be left out. */
  readonly steps: readonly number[];
  readonly rates: FaultRates;
  /** Records people work on. */
  readonly records: number;
}

/**
 * Forks (rollback, clone) exclude refusals, scopes and snapshots in one world: settling a fork takes operations out
 * again, and those three stand for replicas that no longer have, or never get, the whole content of what comes out.
 */
export function planWorld(seed: number, later: LaterRates | null = null): WorldPlan {
  const chance = new Chance(seed, 7);
  const forks = chance.happens(0.3);
  const rate = (often: number, share = 0.6): number => (chance.happens(share) ? chance.next() * often : 0);
  const rates: FaultRates = {
    loss: rate(0.6),
    duplication: rate(0.5),
    reorder: rate(0.5),
    delay: rate(0.4),
    crash: rate(0.15),
    restart: rate(1),
    clockJump: rate(1),
    newEpoch: rate(1, 0.4),
    sameEpoch: rate(1, 0.5),
    hostCrash: rate(0.3),
    torn: rate(0.4),
    late: rate(0.5),
    copied: rate(1),
    missing: rate(1),
    unmounted: rate(0.3),
    wipe: rate(1, 0.5),
    schemaMix: rate(1, 0.4),
    rollback: forks ? rate(1, 0.7) : 0,
    clone: forks ? rate(1, 0.7) : 0,
    join: forks ? 0 : rate(1),
    catchUp: forks ? 0 : rate(1),
    refusal: forks ? 0 : rate(0.2, 0.4),
    scope: forks ? 0 : rate(1, 0.4),
    ...(later ?? drawLaterRates(seed, forks)),
  };
  return {
    seed,
    transports: planTransports(chance),
    steps: Array.from({ length: 20 + chance.below(120) }, (_, step) => step),
    rates,
    records: Math.max(rates.twin > 0 ? 3 : 1, 1 + chance.below(5)),
  };
}

/** Drawn by themselves, so that seeds of before mean the same worlds but for these. */
type LaterRates = Pick<FaultRates, 'undo' | 'twin'>;

function drawLaterRates(seed: number, forks: boolean): LaterRates {
  const chance = new Chance(seed, 17);
  return { undo: chance.happens(0.5) ? chance.next() * 0.5 : 0, twin: forks && chance.happens(0.5) ? 1 : 0 };
}

function planTransports(chance: Chance): readonly Transport[] {
  const count = 2 + chance.below(5);
  const style = chance.next();
  const all = (transport: Transport): readonly Transport[] => Array.from({ length: count }, () => transport);
  if (style < 0.35) return all('endpoint');
  if (style < 0.5) return all('folder');
  const mixed = Array.from({ length: count - 1 }, () => chance.pick<Transport>(['endpoint', 'folder', 'both']));
  return ['both', ...mixed];
}

/** How wrong a clock is, in ms: up to thirty days either way. */
export function randomSkew(chance: Chance): number {
  return (chance.next() * 2 - 1) * 30 * 86_400_000;
}
