import type { ApprovalStage } from '../approval/approval-step.ts';
import type { ChangeState, ChangeType } from './change-words.ts';

/** What a person does to a change. The command is `change.<move>`. */
export const changeMoves = ['submit', 'revert', 'implement', 'finish', 'close', 'cancel'] as const;
export type ChangeMove = (typeof changeMoves)[number];

/** What must hold before a move, see `change-guards.ts`. */
export type ChangeGuard = 'template' | 'plan' | 'window' | 'orders-done' | 'closure' | 'review-done' | 'reason';

export interface ChangeTransition {
  readonly move: ChangeMove;
  readonly from: readonly ChangeState[];
  readonly to: ChangeState;
  readonly guards: readonly ChangeGuard[];
}

export interface ChangeMachine {
  readonly transitions: readonly ChangeTransition[];
  /** Where the approvals of a stage lead by themselves once all are given. */
  readonly advances: Readonly<Partial<Record<ApprovalStage, ChangeState>>>;
  /** CHG-3: what the type may become while the change is new. */
  readonly typeMayBecome: readonly ChangeType[];
}

const afterScheduled: readonly ChangeTransition[] = [
  { move: 'implement', from: ['scheduled'], to: 'implement', guards: [] },
  { move: 'finish', from: ['implement'], to: 'review', guards: ['orders-done'] },
  { move: 'close', from: ['review'], to: 'closed', guards: ['closure', 'review-done'] },
  // CHG-1: not from Review, nor from Closed.
  {
    move: 'cancel',
    from: ['new', 'assess', 'authorize', 'scheduled', 'implement'],
    to: 'canceled',
    guards: ['reason'],
  },
];

/** The three paths of itsm-practices 2.4 as data (D4). */
export const changeMachines: Readonly<Record<ChangeType, ChangeMachine>> = {
  normal: {
    transitions: [
      { move: 'submit', from: ['new'], to: 'assess', guards: ['plan', 'window'] },
      { move: 'revert', from: ['assess'], to: 'new', guards: [] },
      ...afterScheduled,
    ],
    advances: { assess: 'authorize', authorize: 'scheduled' },
    typeMayBecome: ['emergency'],
  },
  standard: {
    transitions: [
      { move: 'submit', from: ['new'], to: 'scheduled', guards: ['template', 'window'] },
      ...afterScheduled,
    ],
    advances: {},
    typeMayBecome: ['normal', 'emergency'],
  },
  emergency: {
    transitions: [
      { move: 'submit', from: ['new'], to: 'authorize', guards: ['plan', 'window'] },
      { move: 'revert', from: ['authorize'], to: 'new', guards: [] },
      ...afterScheduled,
    ],
    advances: { authorize: 'scheduled' },
    typeMayBecome: ['normal'],
  },
};
