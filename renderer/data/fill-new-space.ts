import { defaultPolicy, defaultsCommand } from '../../shared/domain/service-level/default-policy.ts';
import type { Intent } from './engine/build-operation.ts';
import type { Environment, Space } from './engine/space.ts';

/** Gives a new space its first person, the one at this desk, and the usual service levels; the demo brings its own people. */
export async function fillNewSpace(space: Space, demo: boolean, environment: Environment): Promise<void> {
  if (demo) {
    // Loaded only when a demo is wanted: it brings its story with it.
    const { fillDemo } = await import('./fill-demo.ts');
    await fillDemo(space, environment);
    return;
  }
  const user = environment.newId();
  space.state.meta = { ...space.state.meta, user };
  // The zone of this machine: the calendars can be moved to another.
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const me: Intent = {
    command: 'record.create',
    user,
    changes: [{ entity: 'person', id: user, create: true, fields: { name: 'Me', agent: true, active: true } }],
  };
  // An operation of its own: an endpoint may refuse a desk the usual service levels, but never the person at it.
  const policy: Intent = { command: defaultsCommand, user, changes: defaultPolicy(timeZone) };
  await space.writeBulk([me, policy]);
}
