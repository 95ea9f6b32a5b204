import { z } from 'zod';

/** The demo space as it is shipped: real histories and texts with every name replaced by its position in a list. */
const position = z.int().nonnegative();
const positionOrNone = z.int().min(-1);

const step = z.strictObject({
  /** Minutes before the moment at which the demo is built. */
  ago: z.number().nonnegative(),
  /** Position of the person. */
  by: position,
  command: z.string().startsWith('ticket.'),
  queue: position.optional(),
  assignee: position.nullable().optional(),
  reason: z.string().optional(),
  code: z.string().optional(),
  notes: z.string().optional(),
  comment: z.string().optional(),
  workNote: z.string().optional(),
  audience: z.string().optional(),
  body: z.string().optional(),
  tag: z.string().optional(),
  /** Position of the other ticket of a duplicate. */
  duplicateOf: position.optional(),
  /** Position of the parent, for `ticket.edit`. */
  parent: position.optional(),
});

const ticket = z.strictObject({
  ago: z.number().nonnegative(),
  by: position,
  title: z.string(),
  description: z.string(),
  type: z.enum(['incident', 'request']),
  category: z.string(),
  channel: z.string(),
  impact: z.string(),
  urgency: z.string(),
  major: z.boolean().optional(),
  caller: position,
  site: position,
  service: position,
  /** -1 for none. */
  asset: positionOrNone,
  /** -1 for none: INC-7 then finds the queue. */
  queue: positionOrNone,
  steps: z.array(step),
});

const problem = z.strictObject({
  ago: z.number().nonnegative(),
  by: position,
  title: z.string(),
  description: z.string(),
  /** Positions of tickets; the first is where it came from. */
  incidents: z.array(position).min(1),
  whys: z.array(z.string()),
  steps: z.array(
    z.strictObject({
      ago: z.number().nonnegative(),
      by: position,
      command: z.string().startsWith('problem.'),
      text: z.string().optional(),
      body: z.string().optional(),
      fields: z.record(z.string(), z.string()).optional(),
    }),
  ),
});

export const demoInputSchema = z.strictObject({
  sites: z.array(z.strictObject({ name: z.string(), timeZone: z.string() })),
  /** The first person sits at the desk. `queue` -1: does not work on tickets. */
  people: z
    .array(z.strictObject({ name: z.string(), jobTitle: z.string(), site: position, queue: positionOrNone }))
    .min(1),
  queues: z.array(z.string()),
  services: z.array(z.strictObject({ name: z.string(), queue: position, minUp: z.string().optional() })),
  assets: z.array(
    z.strictObject({
      name: z.string(),
      baseClass: z.string(),
      assetClass: z.string(),
      status: z.string(),
      serial: z.string().optional(),
      /** Absent for what no service is directly made of. */
      service: position.optional(),
      site: position,
      /** Position of the person who uses it. */
      assignedTo: position.optional(),
      /** Days before the demo is built. */
      bought: z.number().optional(),
      /** In hundredths of a euro. */
      cost: z.int().optional(),
      redundancy: z.string().optional(),
      /** Position of an asset before it. */
      software: position.optional(),
      seats: z.int().optional(),
    }),
  ),
  /** Both ends by position among the assets. */
  relations: z.array(z.strictObject({ from: position, type: z.string(), to: position })),
  tickets: z.array(ticket),
  problems: z.array(problem),
});
export type DemoInput = z.infer<typeof demoInputSchema>;
export type DemoTicket = DemoInput['tickets'][number];
export type DemoTicketStep = DemoTicket['steps'][number];
