export const majorStates = ['candidate', 'rejected', 'accepted', 'ended'] as const;
export type MajorState = (typeof majorStates)[number];

/** Phases of an accepted major incident, in their order. */
export const majorPhases = ['identification', 'communication', 'resolution', 'review'] as const;
export type MajorPhase = (typeof majorPhases)[number];

/** For whom an update is meant. Callers get it as a reply on their incident. */
export const updateAudiences = ['stakeholders', 'technical', 'callers'] as const;

/** Minutes between two updates when nobody says otherwise. */
export const usualUpdateMinutes = 30;
