import type { Chance } from './chance.ts';

/** Thrown at a crash point: what is not on the disk is gone. */
export class Crash extends Error {}

/** A crash may happen between any two writes. */
export function crashPoint(chance: Chance, rate: number): void {
  if (chance.happens(rate)) throw new Crash();
}
