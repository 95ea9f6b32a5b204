export const majorStates = ['candidate', 'rejected', 'accepted', 'ended'] as const;

/** Phases of an accepted major incident, in their order. */
export const majorPhases = ['identification', 'communication', 'resolution', 'review'] as const;

/** For whom an update is meant. Callers get it as a reply on their incident. */
export const updateAudiences = ['stakeholders', 'technical', 'callers'] as const;

/** Minutes between two updates when nobody says otherwise. */
export const usualUpdateMinutes = 30;
