import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AskedStep } from '../../../../../shared/domain/approval/ask-approval.ts';
import { delegates } from '../../../../../shared/domain/approval/delegation.ts';
import { digestPlan } from '../../../../../shared/domain/approval/digest-plan.ts';
import { judgeApproval, outcomeOf, type Decision } from '../../../../../shared/domain/approval/judge-approval.ts';
import { neededOf, readNeed } from '../../../../../shared/domain/approval/need.ts';
import { tally } from '../../../../../shared/domain/approval/tally.ts';

const vote = (people: number, need: string, approved: number, rejected: number) =>
  tally({ people, needed: neededOf(readNeed(need) ?? { unit: 'all' }, people), approved, rejected });

describe('approval arithmetic', () => {
  it.each([
    [3, '50%', 1, 0, 'waiting'],
    [3, '50%', 2, 0, 'approved'],
    [3, '50%', 0, 2, 'rejected'],
    [3, 'all', 0, 1, 'rejected'],
    [4, '50%', 2, 2, 'approved'],
    [4, '75%', 0, 1, 'waiting'],
    [4, '30%', 1, 0, 'waiting'],
    [3, '67%', 2, 0, 'waiting'],
    [5, 'first', 1, 1, 'approved'],
    [5, 'first', 0, 1, 'rejected'],
    [0, 'all', 0, 0, 'unstaffed'],
    [1, '2', 1, 0, 'unstaffed'],
  ])('%i people, %s needed, %i for and %i against: %s', (people, need, approved, rejected, result) => {
    expect(vote(people, need, approved, rejected)).toBe(result);
  });

  it('counts people: the same as shares that are never rounded', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 100 }),
        fc.nat(60),
        fc.nat(60),
        (n, p, a, b) => {
          const approved = Math.min(a, n);
          const rejected = Math.min(b, n - approved);
          const exact =
            approved * 100 >= p * n ? 'approved' : rejected * 100 + p * n > 100 * n ? 'rejected' : 'waiting';
          expect(vote(n, `${p}%`, approved, rejected)).toBe(exact);
        },
      ),
    );
  });
});

const step = (
  id: string,
  order: number,
  people: readonly string[],
  need = 'all',
  stage: AskedStep['stage'] = 'authorize',
) => ({ id, name: id, stage, order, need, people }) satisfies AskedStep;
let made = 0;
const decision = (
  approver: string,
  of: string,
  answer: Decision['answer'] = 'approved',
  more: Partial<Decision> = {},
) =>
  ({
    id: `d${(made += 1)}`,
    round: 1,
    step: of,
    approver,
    decidedBy: approver,
    answer,
    digest: 'plan',
    comment: '',
    decidedAt: made,
    ...more,
  }) satisfies Decision;
const now = { round: 1, digest: 'plan' };

describe('judging', () => {
  it('asks one order after the other, and all of one order side by side', () => {
    const steps = [
      step('peer', 1, ['a'], 'all', 'assess'),
      step('m', 1, ['b']),
      step('s', 1, ['c']),
      step('cab', 2, ['d']),
    ];
    const open = (decisions: readonly Decision[]) =>
      judgeApproval(steps, decisions, now).flatMap(({ isOpen, step: { id } }) => (isOpen ? id : []));
    expect(open([])).toEqual(['peer']);
    expect(open([decision('a', 'peer')])).toEqual(['peer', 'm', 's']);
    expect(open([decision('a', 'peer'), decision('b', 'm')])).toEqual(['peer', 'm', 's']);
    expect(open([decision('a', 'peer'), decision('b', 'm'), decision('c', 's')])).toEqual(['peer', 'm', 's', 'cab']);
  });

  it('APR-1: an approval of another version of the plan is stale and asked again; a rejection stays', () => {
    const steps = [step('cab', 1, ['a', 'b'])];
    const decisions = [decision('a', 'cab'), decision('b', 'cab', 'approved', { digest: 'older' })];
    const [verdict] = judgeApproval(steps, decisions, now);
    expect(verdict?.result).toBe('waiting');
    expect(verdict?.stale.map(({ approver }) => approver)).toEqual(['b']);
    expect(verdict?.pending).toEqual(['b']);
    const rejected = judgeApproval(steps, [decision('a', 'cab', 'rejected', { digest: 'older' })], now);
    expect(outcomeOf(rejected, 'authorize')).toBe('rejected');
    expect(outcomeOf(judgeApproval(steps, [decision('a', 'cab', 'rejected')], { ...now, round: 2 }), 'authorize')).toBe(
      'waiting',
    );
  });

  it('D6: two devices that decide offline come to one verdict, whatever the order in which decisions arrive', () => {
    const people = ['a', 'b', 'c', 'd'];
    const any = fc.record({
      approver: fc.constantFrom(...people, 'stranger'),
      of: fc.constantFrom('one', 'two'),
      answer: fc.constantFrom<Decision['answer']>('approved', 'rejected'),
      digest: fc.constantFrom('plan', 'older'),
      decidedAt: fc.nat(5),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), fc.nat(), (given, seed) => {
        const decisions = given.map(({ approver, of, answer, ...more }) => decision(approver, of, answer, more));
        const shuffled = decisions
          .toSorted((x, y) => ((x.decidedAt * 31 + seed) % 7) - ((y.decidedAt * 31 + seed) % 7))
          .toReversed();
        const steps = [step('one', 1, people, '50%'), step('two', 2, people, 'all')];
        // What came twice counts once: a person has one vote.
        expect(judgeApproval(steps, [...shuffled, ...decisions], now)).toEqual(judgeApproval(steps, decisions, now));
      }),
    );
  });

  it('counts the last decision of a person', () => {
    const steps = [step('cab', 1, ['a'])];
    const [verdict] = judgeApproval(steps, [decision('a', 'cab', 'rejected'), decision('a', 'cab')], now);
    expect(verdict?.result).toBe('approved');
  });
});

describe('the digest of a plan', () => {
  it('counts named fields and elements of sets; what is cleared is as never written', () => {
    const of = (values: Parameters<typeof digestPlan>[0]) => digestPlan(values, ['plan', 'assets']);
    expect(of({ plan: 'x', title: 'one', 'assets/a': true })).toBe(of({ 'assets/a': true, plan: 'x', title: 'two' }));
    expect(of({ plan: 'x', 'assets/a': false, 'assets/b': null })).toBe(of({ plan: 'x' }));
    expect(of({ plan: 'x' })).not.toBe(of({ plan: 'y' }));
    expect(of({ plan: 'x', 'assets/a': true })).not.toBe(of({ plan: 'x' }));
  });
});

it('a delegation holds for its time and its people', () => {
  const values = { from: 'a', to: 'b', startsAt: 10, endsAt: 20 };
  expect([9, 10, 19, 20].map((at) => delegates(values, 'a', 'b', at))).toEqual([false, true, true, false]);
  expect(delegates(values, 'a', 'c', 15)).toBe(false);
  expect(delegates({ ...values, active: false }, 'a', 'b', 15)).toBe(false);
});
