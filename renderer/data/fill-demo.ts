import { demoInputSchema } from '../../shared/domain/demo/demo-input.ts';
import { buildDemo } from '../../shared/domain/demo/demo-space.ts';
import demoInput from './demo/demo-input.json';
import type { Environment, Space } from './engine/space.ts';

/** Steps in one commit: a transaction the worker can afford between two answers. */
const stepsPerCommit = 2_048;

/** Fills a new space with the demo, each step an operation of the person and time it names. */
export async function fillDemo(space: Space, environment: Environment): Promise<void> {
  const { steps, user } = buildDemo(demoInputSchema.parse(demoInput), {
    now: environment.now(),
    newId: environment.newId,
    newReference: (prefix) => space.newReference(prefix),
  });
  space.state.meta = { ...space.state.meta, user };
  const intents = steps.map((step) => ({
    command: step.command,
    user: step.user,
    changes: step.changes,
    occurredAt: step.at,
  }));
  for (let at = 0; at < intents.length; at += stepsPerCommit) {
    await space.writeBulk(intents.slice(at, at + stepsPerCommit));
  }
}
