/** An incident as it is compared with others. */
export interface ComparedIncident {
  readonly id: string;
  readonly title: ReadonlySet<string>;
  /** Of the description; what the title has already adds nothing. */
  readonly description: ReadonlySet<string>;
  readonly asset: string | null;
  readonly service: string | null;
  readonly category: string | null;
  /** ms. */
  readonly openedAt: number;
  readonly isOpen: boolean;
}

export interface RecurrenceOptions {
  /** Incidents in a group, at least. */
  readonly smallest: number;
  /** How alike two must be, 0 to 1. */
  readonly likeness: number;
}

export const usualRecurrence: RecurrenceOptions = { smallest: 3, likeness: 0.38 };

/** Incidents that seem to have one cause, and what makes them seem so. */
export interface Recurrence {
  /** Oldest first; the ids themselves are the identity of the proposal. */
  readonly incidents: readonly string[];
  readonly open: number;
  /** Opening of the oldest and the newest (ms). */
  readonly from: number;
  readonly to: number;
  /** What most of them share; null when they do not. */
  readonly asset: { readonly id: string; readonly count: number } | null;
  readonly service: { readonly id: string; readonly count: number } | null;
  readonly category: { readonly id: string; readonly count: number } | null;
  /** Words that most of them say, the most telling first. */
  readonly words: readonly string[];
  /** How sure it looks, 0 to 1: mean likeness within the group. */
  readonly strength: number;
}

/** A word in more of the incidents than this tells nothing apart. */
const commonShare = 0.12;
const wordsTold = 6;
/** Incidents between two steps: some milliseconds of work. */
const stride = 64;
/** Weight of a word of the title beside one of the description. */
const titleWeight = 2;
/** What a common place adds to the likeness of the words. The item says most: it is one thing that breaks. */
const sameAsset = 0.22;
const sameService = 0.05;
const sameCategory = 0.02;
/** Words that two must share, whatever the place: being on one item is no likeness of what happened. */
const fewestShared = 2;

/** All steps at once. */
export function findRecurrences(
  incidents: readonly ComparedIncident[],
  options: RecurrenceOptions = usualRecurrence,
): readonly Recurrence[] {
  const steps = recurrenceSteps(incidents, options);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/**
 * Groups incidents that say the same about the same thing. Two are alike by the words they share, each weighed by how
 * rare it is (cosine of tf-idf), and by item, service and category. Every group has a leading incident, all others are
 * like it: chains that end with something else do not form. Deterministic: order of the input does not matter. It yields
 * after every so many incidents, so that a worker can answer others in between.
 */
export function* recurrenceSteps(
  incidents: readonly ComparedIncident[],
  options: RecurrenceOptions = usualRecurrence,
): Generator<void, readonly Recurrence[]> {
  const ordered = incidents.toSorted((left, right) => left.openedAt - right.openedAt || (left.id < right.id ? -1 : 1));
  const vectors = weighWords(ordered);
  const likes = yield* likesOf(ordered, vectors, options.likeness);
  const taken = new Set<number>();
  const groups: Recurrence[] = [];
  // Who is like most others leads; ties go to the older incident.
  const leaders = ordered
    .map((_, index) => index)
    .sort((one, other) => sizeAt(likes, other) - sizeAt(likes, one) || one - other);
  for (const leader of leaders) {
    if (taken.has(leader)) continue;
    const members = [leader, ...[...(likes[leader]?.keys() ?? [])].filter((each) => !taken.has(each))].sort(
      (one, other) => one - other,
    );
    if (members.length < options.smallest) continue;
    for (const member of members) taken.add(member);
    groups.push(describe(members, leader, ordered, vectors, likes));
  }
  return groups.sort(
    (left, right) =>
      right.incidents.length - left.incidents.length ||
      right.to - left.to ||
      (left.incidents.join() < right.incidents.join() ? -1 : 1),
  );
}

type Vector = ReadonlyMap<string, number>;
type Likes = readonly ReadonlyMap<number, number>[];

function sizeAt(likes: Likes, index: number): number {
  return likes[index]?.size ?? 0;
}

/** Unit vectors over words, rare ones heavier; words of too many incidents are left out. */
function weighWords(incidents: readonly ComparedIncident[]): readonly Vector[] {
  const seen = new Map<string, number>();
  for (const { title, description } of incidents)
    for (const word of new Set([...title, ...description])) seen.set(word, (seen.get(word) ?? 0) + 1);
  const most = Math.max(8, incidents.length * commonShare);
  return incidents.map(({ title, description }) => {
    const weights = new Map<string, number>();
    for (const [words, factor] of [
      [description, 1],
      [title, titleWeight],
    ] as const)
      for (const word of words) {
        const count = seen.get(word) ?? 1;
        // A word that nobody else says cannot be shared.
        if (count > 1 && count <= most) weights.set(word, factor * Math.log(1 + incidents.length / count));
      }
    const length = Math.hypot(...weights.values()) || 1;
    return new Map([...weights].map(([word, weight]) => [word, weight / length]));
  });
}

/** For each incident those that are like it enough, with how much. Only pairs that share a word are looked at. */
function* likesOf(
  incidents: readonly ComparedIncident[],
  vectors: readonly Vector[],
  least: number,
): Generator<void, Likes> {
  /** By word: incidents before the one at hand, and the weight of the word in each. */
  const before = new Map<string, { readonly at: number[]; readonly weights: number[] }>();
  const likes = incidents.map(() => new Map<number, number>());
  const sums = new Float64Array(incidents.length);
  const shared = new Uint16Array(incidents.length);
  for (const [index, incident] of incidents.entries()) {
    if (index % stride === stride - 1) yield;
    const touched: number[] = [];
    for (const [word, weight] of vectors[index] ?? []) {
      const found = before.get(word) ?? { at: [], weights: [] };
      for (const [place, other] of found.at.entries()) {
        if (shared[other] === 0) touched.push(other);
        shared[other] = (shared[other] ?? 0) + 1;
        sums[other] = (sums[other] ?? 0) + weight * (found.weights[place] ?? 0);
      }
      found.at.push(index);
      found.weights.push(weight);
      before.set(word, found);
    }
    for (const other of touched) {
      const two = incidents[other];
      const likeness = two === undefined ? 0 : Math.min(1, (sums[other] ?? 0) + placeOf(incident, two));
      if ((shared[other] ?? 0) >= fewestShared && likeness >= least) {
        likes[index]?.set(other, likeness);
        likes[other]?.set(index, likeness);
      }
      sums[other] = 0;
      shared[other] = 0;
    }
  }
  return likes;
}

function placeOf(one: ComparedIncident, two: ComparedIncident): number {
  const same = (field: 'asset' | 'service' | 'category'): boolean => one[field] !== null && one[field] === two[field];
  return (same('asset') ? sameAsset : 0) + (same('service') ? sameService : 0) + (same('category') ? sameCategory : 0);
}

function describe(
  members: readonly number[],
  leader: number,
  incidents: readonly ComparedIncident[],
  vectors: readonly Vector[],
  likes: Likes,
): Recurrence {
  const group = members.flatMap((index) => incidents[index] ?? []);
  const counts = new Map<string, { count: number; weight: number }>();
  for (const index of members)
    for (const [word, weight] of vectors[index] ?? []) {
      const found = counts.get(word) ?? { count: 0, weight: 0 };
      counts.set(word, { count: found.count + 1, weight: found.weight + weight });
    }
  const words = [...counts]
    .filter(([, { count }]) => count > members.length / 2)
    .sort(([one, left], [other, right]) => right.weight - left.weight || (one < other ? -1 : 1))
    .slice(0, wordsTold)
    .map(([word]) => word);
  const others = members.filter((index) => index !== leader);
  const strength = others.reduce((sum, index) => sum + (likes[leader]?.get(index) ?? 0), 0) / others.length;
  return {
    incidents: group.map(({ id }) => id),
    open: group.filter(({ isOpen }) => isOpen).length,
    from: group[0]?.openedAt ?? 0,
    to: group.at(-1)?.openedAt ?? 0,
    asset: mostShared(group, 'asset'),
    service: mostShared(group, 'service'),
    category: mostShared(group, 'category'),
    words,
    strength: Math.round(strength * 100) / 100,
  };
}

/** The value that more than half of a group have in a field. */
function mostShared(
  group: readonly ComparedIncident[],
  field: 'asset' | 'service' | 'category',
): { readonly id: string; readonly count: number } | null {
  const counts = new Map<string, number>();
  for (const each of group) if (each[field] !== null) counts.set(each[field], (counts.get(each[field]) ?? 0) + 1);
  const found = [...counts].find(([, count]) => count > group.length / 2);
  return found ? { id: found[0], count: found[1] } : null;
}
