/** CHG: the three types of ITIL, as ServiceNow has them (itsm-practices 2.4). */
export const changeTypes = ['normal', 'standard', 'emergency'] as const;
export type ChangeType = (typeof changeTypes)[number];

export const changeStates = [
  'new',
  'assess',
  'authorize',
  'scheduled',
  'implement',
  'review',
  'closed',
  'canceled',
] as const;
export type ChangeState = (typeof changeStates)[number];

/**
 * Of concurrent states the furthest is shown. CHG-1 holds in a merge, too: work that is already under review was not
 * canceled, whoever said so meanwhile.
 */
export const changeStatesByAdvance = [
  'new',
  'assess',
  'authorize',
  'scheduled',
  'implement',
  'canceled',
  'review',
  'closed',
] as const;

export const closureCodes = ['successful', 'successful-with-issues', 'unsuccessful', 'backed-out'] as const;

/** How likely it is to go well (RSK-4). */
export const successChances = ['high', 'medium', 'low'] as const;

export type SuccessChance = (typeof successChances)[number];

export const workOrderTypes = ['plan', 'implement', 'back-out', 'review'] as const;
export const workOrderStates = ['open', 'in-progress', 'closed', 'canceled'] as const;
export type WorkOrderState = (typeof workOrderStates)[number];
