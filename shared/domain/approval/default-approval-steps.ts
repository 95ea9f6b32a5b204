import type { Change } from '../change.ts';

/**
 * CHG-5: normal changes need peers in Assess, then the change manager and the change advisory board in Authorize;
 * emergency changes need the emergency board. Who these people are the organisation says. Fixed ids: every device that
 * begins a space makes the same.
 */
export function defaultApprovalSteps(): readonly Change[] {
  const step = (id: string, fields: Change['fields']): Change => ({
    entity: 'approval-step',
    id,
    create: true,
    fields: { ...fields, active: true },
  });
  return [
    step('approval-peer', {
      name: 'Peer review',
      purpose: 'normal-change',
      stage: 'assess',
      order: 1,
      need: '1',
      asksQueue: true,
    }),
    step('approval-manager', {
      name: 'Change manager',
      purpose: 'normal-change',
      stage: 'authorize',
      order: 1,
      need: 'first',
    }),
    step('approval-cab', {
      name: 'Change advisory board',
      purpose: 'normal-change',
      stage: 'authorize',
      order: 2,
      need: '50%',
    }),
    step('approval-ecab', {
      name: 'Emergency change advisory board',
      purpose: 'emergency-change',
      stage: 'authorize',
      order: 1,
      need: 'first',
    }),
  ];
}
