import { planWorld, type WorldPlan } from '../plan.ts';
import { runWorld, type WorldResult } from '../run-world.ts';
import { ServerEndpoint } from './server-endpoint.ts';
import type { ServerThread } from './server-thread.ts';

/** As other worlds, with the real endpoint; without scopes, since there rights decide who sees what. */
export function planServerWorld(seed: number): WorldPlan {
  const plan = planWorld(seed);
  const transports = plan.transports.map((transport) => (transport === 'folder' ? 'both' : transport));
  return { ...plan, transports, rates: { ...plan.rates, scope: 0 } };
}

export function runServerWorld(thread: ServerThread, plan: WorldPlan, tracing = false): WorldResult {
  return runWorld(plan, tracing, (ledger, reader, refuses) => new ServerEndpoint(thread, ledger, reader, refuses));
}
