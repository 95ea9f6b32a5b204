import type { Intent } from './engine/build-operation.ts';
import type { Environment, Space } from './engine/space.ts';

/** Steps in one commit: a transaction the worker can afford between two answers. */
export const stepsPerCommit = 2_048;

/** Gives a new space its first person: the one at this desk. The demo brings its own people. */
export async function fillNewSpace(space: Space, demo: boolean, environment: Environment): Promise<void> {
  if (demo) {
    const { buildDemo } = await import('./demo-steps.ts');
    const { steps, user } = await buildDemo(environment, space.state.meta.device);
    space.state.meta = { ...space.state.meta, user, references: steps.references };
    for (let at = 0; at < steps.intents.length; at += stepsPerCommit) await space.writeBulk(steps.intents.slice(at, at + stepsPerCommit));
    return;
  }
  const user = environment.newId();
  space.state.meta = { ...space.state.meta, user };
  const me: Intent = { command: 'record.create', user, changes: [{ entity: 'person', id: user, create: true, fields: { name: 'Me', agent: true, active: true } }] };
  await space.writeBulk([me]);
}
