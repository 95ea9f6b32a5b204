export const key = { type: 'string', maxLength: 64 } as const;
const text = { type: 'string' } as const;
const plainNumber = { type: 'number' } as const;
const instant = { type: 'number', minimum: 0, maximum: 4_102_444_800_000, multipleOf: 1 } as const;

/** The rows of the data set, indexed by what is asked of them. */
export const ticketSchema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: key,
    reference: text,
    number: text,
    title: text,
    description: text,
    type: text,
    state: key,
    priority: key,
    impact: text,
    urgency: text,
    category: text,
    subcategory: text,
    caller: text,
    queue: key,
    assignee: key,
    site: text,
    channel: text,
    openedBy: text,
    openedAt: plainNumber,
    updatedAt: instant,
    reopenCount: plainNumber,
    tags: { type: 'array', items: text },
  },
  required: ['id', 'state', 'priority', 'queue', 'assignee', 'updatedAt'],
  indexes: [
    'updatedAt',
    ['state', 'updatedAt'],
    ['assignee', 'state', 'updatedAt'],
    ['queue', 'state', 'updatedAt'],
    ['state', 'priority'],
  ],
};
export const commentSchema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: key, ticket: key, audience: text, author: text, writtenAt: instant, body: text },
  required: ['id', 'ticket', 'writtenAt'],
  indexes: [['ticket', 'writtenAt']],
};
