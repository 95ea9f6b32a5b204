/** SLA with the customer, OLA between teams, underpinning contract with a supplier. */
export const serviceLevelKinds = ['sla', 'ola', 'underpinning-contract'] as const;
export type ServiceLevelKind = (typeof serviceLevelKinds)[number];
export const targetNames = ['response', 'resolution', 'update'] as const;
export type TargetName = (typeof targetNames)[number];
/** Never converted into each other: a working day is no block of 24 open hours. */
export const durationUnits = ['minutes', 'hours', 'working-days'] as const;
/** What ends a response target (SLA-7). */
export const responseStops = ['reply-or-start', 'reply', 'start'] as const;
export type ResponseStop = (typeof responseStops)[number];
/** Change of priority or of what else attaches (SLA-9). */
export const changeRules = ['retroactive', 'restart'] as const;
/** Reopening (SLA-10). */
export const reopenRules = ['resume', 'restart'] as const;
/** Whose calendar counts; `level` is the definition's own, which also serves where the other has none. */
export const calendarSources = ['level', 'service', 'site'] as const;
/** Whose zone the calendar is read in. */
export const zoneSources = ['calendar', 'site'] as const;
