/** A mistake of the person who starts the endpoint: printed as it stands. */
export class UsageError extends Error {}
