import type { DemoInput } from './demo-input.ts';

/** What somebody did at a time (ms), by the command of that name. */
interface PlannedStep {
  readonly at: number;
  readonly user: string;
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface DemoChangeParts {
  readonly input: DemoInput;
  readonly ids: Readonly<Record<'people' | 'queues' | 'services' | 'assets' | 'tickets', readonly string[]>>;
  readonly now: number;
  readonly newId: () => string;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/**
 * A handful of changes around now: one in each phase, two that collide, a blackout, a maintenance window, a standard
 * change and a meeting of the board. None for a demo that is too small to hold them.
 */
export function planDemoChanges({ input, ids, now, newId }: DemoChangeParts): readonly PlannedStep[] {
  const [me, peer, manager, board, second] = ids.people;
  const assetOf = (assetClass: string, nth = 0): string | undefined =>
    ids.assets.filter((_, index) => input.assets[index]?.assetClass === assetClass)[nth];
  const [server, network, files] = [assetOf('Mail server'), assetOf('Switch'), assetOf('File server')];
  const queue = ids.queues[input.people[0]?.queue ?? 0];
  const zone = input.sites[0]?.timeZone;
  if (!me || !peer || !manager || !board || !second || !server || !network || !files || !queue || !zone) return [];
  const steps: PlannedStep[] = [];
  let minute = 600;
  const does = (user: string, command: string, given: Readonly<Record<string, unknown>>): void => {
    minute -= 2;
    steps.push({ at: now - minute * minuteMs, user, command, input: given });
  };
  const create = (entity: string, fields: Readonly<Record<string, unknown>>): string => {
    const id = newId();
    does(me, 'record.create', { entity, id, fields });
    return id;
  };
  /** Midnight in UTC, some days from now. */
  const day = (days: number): number => Math.floor(now / dayMs) * dayMs + days * dayMs;
  const wall = (at: number): string => new Date(at).toISOString().slice(0, 16);
  const name = (step: string, people: readonly string[]): void =>
    does(me, 'record.edit', { entity: 'approval-step', id: step, fields: { people } });
  name('approval-manager', [manager, me]);
  name('approval-cab', [board, second, me]);
  name('approval-ecab', [me, board]);
  name('approval-peer', [peer, me]);
  create('blackout', {
    name: 'Quarter-end closing',
    timeZone: zone,
    startsAt: wall(day(9)),
    endsAt: wall(day(12)),
  });
  create('maintenance-window', {
    name: 'File servers, nightly',
    timeZone: zone,
    startsAt: wall(day(-30) + 20 * 60 * minuteMs),
    endsAt: wall(day(-29) + 4 * 60 * minuteMs),
    recurrence: 'FREQ=DAILY',
    assets: [files],
  });
  const template = create('change-template', {
    name: 'Restart a mail server',
    implementationPlan: 'Drain the connections, restart, watch the queue for ten minutes.',
    backoutPlan: 'Start the second node and point the address to it.',
    asset: server,
  });
  const meeting = create('cab-meeting', {
    name: 'Change advisory board',
    startsAt: day(1) + 9 * 60 * minuteMs,
    place: 'Room 2.14',
    attendees: [board, second],
  });
  const plan = (
    title: string,
    days: number,
    hour: number,
    hours: number,
    more: Readonly<Record<string, unknown>>,
  ): string => {
    const id = newId();
    const plannedStart = day(days) + hour * 60 * minuteMs;
    const fields = {
      title,
      queue,
      plannedStart,
      plannedEnd: plannedStart + hours * 60 * minuteMs,
      implementationPlan: 'Copy the configuration, apply the change, test with two users.',
      backoutPlan: 'Restore the copy of the configuration.',
      ...more,
    };
    does(me, 'change.create', { id, fields });
    return id;
  };
  const decides = (id: string, ...people: readonly string[]): void => {
    for (const person of people) does(person, 'change.decide', { id, answer: 'approved' });
  };
  plan('Move the file share to larger disks', 4, 21, 3, { asset: files, assignee: peer, outage: true });
  const firmware = plan('New firmware for the core switch', 2, 18, 2, {
    asset: network,
    assignee: me,
    cabMeeting: meeting,
  });
  does(me, 'change.submit', { id: firmware });
  decides(firmware, peer);
  const cabling = plan('Renew the cabling behind the switch', 2, 19, 2, {
    asset: network,
    assignee: second,
    cabMeeting: meeting,
  });
  does(me, 'change.submit', { id: cabling });
  const certificate = plan('Renew the certificate of the mail server', 1, 20, 1, { asset: server, assignee: peer });
  does(me, 'change.submit', { id: certificate });
  decides(certificate, peer, manager, board, second);
  const restart = newId();
  const start = day(3) + 19 * 60 * minuteMs;
  does(me, 'change.create', {
    id: restart,
    template,
    fields: { title: 'Restart a mail server', plannedStart: start, plannedEnd: start + 30 * minuteMs },
  });
  does(me, 'change.submit', { id: restart });
  return steps;
}
