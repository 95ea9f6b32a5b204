import { channels, priorities, ticketTypes } from '../../../shared/domain/ticket/ticket.ts';
import type { Level, TicketState } from '../../../shared/domain/ticket/ticket.ts';
import { makeUuid7 } from '../../../shared/sync/uuid7.ts';
import { createRandom, pick, pickWeighted } from './random.ts';
import type { Random } from './random.ts';
import { makeText, makeWord } from './words.ts';

/** The rows every contender stores, with the same values. */
export interface TicketRow {
  readonly id: string;
  readonly reference: string;
  readonly number: string;
  readonly title: string;
  /** About 400 characters. */
  readonly description: string;
  readonly type: (typeof ticketTypes)[number];
  readonly state: TicketState;
  readonly priority: (typeof priorities)[number];
  readonly impact: Level;
  readonly urgency: Level;
  readonly category: string;
  readonly subcategory: string;
  readonly caller: string;
  readonly queue: string;
  readonly assignee: string;
  readonly site: string;
  readonly channel: (typeof channels)[number];
  readonly openedBy: string;
  readonly openedAt: number;
  readonly updatedAt: number;
  readonly reopenCount: number;
  readonly tags: readonly string[];
}

export interface CommentRow {
  readonly id: string;
  readonly ticket: string;
  readonly audience: 'comment' | 'work-note';
  readonly author: string;
  readonly writtenAt: number;
  /** About 150 characters. */
  readonly body: string;
}

export interface DataSet {
  readonly tickets: readonly TicketRow[];
  /** Three for each ticket, in the order of the tickets. */
  readonly comments: readonly CommentRow[];
}

export const commentsPerTicket = 3;
export const recordsPerTicket = 1 + commentsPerTicket;
export const queueCount = 40;
export const agentCount = 300;
export const callerCount = 2_000;
const siteCount = 60;

const dayMs = 86_400_000;
const firstOpenedAt = Date.UTC(2023, 0, 1);
const openedSpanMs = 730 * dayMs;
const levels: readonly Level[] = ['1', '2', '3'];

/** Ids rise with the number of the record: the order in which every store writes fastest. */
function makeId(kind: number, number: number): string {
  const random = createRandom(number * 31 + kind);
  return makeUuid7(
    firstOpenedAt + kind * 100 * dayMs + number,
    Uint8Array.from({ length: 10 }, () => Math.floor(random() * 256)),
  );
}

export const ticketId = (number: number): string => makeId(1, number);
export const commentId = (number: number): string => makeId(2, number);
export const queueId = (number: number): string => makeId(3, number);
export const agentId = (number: number): string => makeId(4, number);
export const callerId = (number: number): string => makeId(5, number);
export const siteId = (number: number): string => makeId(6, number);

const stateWeights = [
  ['new', 0.04],
  ['in-progress', 0.14],
  ['on-hold', 0.06],
  ['resolved', 0.14],
  ['closed', 0.58],
  ['canceled', 0.04],
] as const satisfies readonly (readonly [TicketState, number])[];

export function makeTicket(number: number): TicketRow {
  const random = createRandom(number * 2_654_435_761 + 11);
  const openedAt = firstOpenedAt + Math.floor(random() * openedSpanMs);
  return {
    id: ticketId(number),
    reference: `INC-BNCH-${number + 1}`,
    number: `INC${String(number + 1).padStart(7, '0')}`,
    title: makeText(random, 50),
    description: makeText(random, 400),
    type: pick(random, ticketTypes),
    state: pickWeighted(random, stateWeights),
    priority: pick(random, priorities),
    impact: pick(random, levels),
    urgency: pick(random, levels),
    category: `Category ${Math.floor(random() * 20)}`,
    subcategory: `Subcategory ${Math.floor(random() * 100)}`,
    caller: callerId(Math.floor(random() * callerCount)),
    queue: queueId(Math.floor(random() * queueCount)),
    assignee: makeAgent(random),
    site: siteId(Math.floor(random() * siteCount)),
    channel: pick(random, channels),
    openedBy: makeAgent(random),
    openedAt,
    updatedAt: openedAt + Math.floor(random() * random() * 30 * dayMs),
    reopenCount: Math.floor(random() * random() * 3),
    tags: Array.from({ length: Math.floor(random() * 4) }, () => makeWord(random)),
  };
}

/** Some people have far more tickets than others. */
function makeAgent(random: Random): string {
  return agentId(Math.floor(random() * random() * agentCount));
}

export function makeComment(ticketNumber: number, position: number): CommentRow {
  const number = ticketNumber * commentsPerTicket + position;
  const random = createRandom(number * 40_503 + 99_991);
  return {
    id: commentId(number),
    ticket: ticketId(ticketNumber),
    audience: random() < 0.3 ? 'work-note' : 'comment',
    author: makeAgent(random),
    writtenAt: firstOpenedAt + Math.floor(random() * openedSpanMs),
    body: makeText(random, 150),
  };
}

export function makeDataSet(tickets: number): DataSet {
  const numbers = Array.from({ length: tickets }, (_, number) => number);
  return {
    tickets: numbers.map(makeTicket),
    comments: numbers.flatMap((number) =>
      Array.from({ length: commentsPerTicket }, (_, position) => makeComment(number, position)),
    ),
  };
}

/** Numbers of tickets a person may hold and resume: what the saves work on, the same for every contender. */
export function openTicketNumbers(tickets: number, wanted: number): readonly number[] {
  const found: number[] = [];
  for (let number = 0; number < tickets && found.length < wanted; number += 1) {
    if (makeTicket(number).state === 'in-progress') found.push(number);
  }
  return found;
}
