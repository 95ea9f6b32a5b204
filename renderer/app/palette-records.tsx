import { BookOpen, Bug, FileText, Inbox, Layers, MapPin, Monitor, User, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { EntityKind } from '../../shared/domain/entities.ts';
import { stateOf } from '../../shared/domain/ticket/ticket-values.ts';
import type { FoundRecord } from '../data/search/search-api.ts';
import type { PickEntry } from '../ui/pick-list.tsx';
import type { Desk } from '../widgets/desk.ts';
import type { NamedRecord } from '../widgets/feature.ts';
import { referenceOf } from '../widgets/row-title.ts';
import { StateGlyph } from '../widgets/state-glyph.tsx';
import { features } from './features.ts';

type Open = (desk: Desk, record: NamedRecord) => void;

/** How a record of a kind is shown, by the cards of the features. */
const openers: ReadonlyMap<EntityKind, Open> = new Map(
  features.flatMap(({ opens = {} }) => Object.entries(opens) as [EntityKind, Open][]),
);

/** Kinds that somebody can show: the others are not offered. */
export const foundKinds: readonly EntityKind[] = [...openers.keys()];

/** In front of the ids of records. */
export const recordPrefix = 'record:';

export function recordEntry(found: FoundRecord, kindName: (kind: EntityKind) => string): PickEntry {
  const { entity, row, title, titleMarks, snippet } = found;
  const lead = [entity === 'ticket' ? '' : kindName(entity), referenceOf(row.values), row.titles['caller'] ?? '']
    .filter((part) => part !== '')
    .join(' · ');
  const joint = lead === '' || snippet === null ? '' : ' · ';
  const detail = `${lead}${joint}${snippet?.text ?? ''}`;
  const shift = lead.length + joint.length;
  return {
    id: `${recordPrefix}${row.id}`,
    label: title === '' ? row.id : title,
    labelMarks: titleMarks,
    ...(detail === '' ? {} : { detail }),
    ...(snippet === null ? {} : { detailMarks: snippet.marks.map(([start, end]) => [start + shift, end + shift]) }),
    glyph: glyphOf(found),
  };
}

export function openFound(desk: Desk, { entity, row, title }: FoundRecord): void {
  openers.get(entity)?.(desk, { id: row.id, title });
}

const glyphs: Readonly<Partial<Record<EntityKind, LucideIcon>>> = {
  asset: Monitor,
  service: Layers,
  person: User,
  queue: Inbox,
  site: MapPin,
  problem: Bug,
  'known-error': BookOpen,
};

function glyphOf({ entity, row }: FoundRecord): ReactNode {
  if (entity === 'ticket') return <StateGlyph state={stateOf(row.values) ?? 'new'} />;
  const Glyph = glyphs[entity] ?? FileText;
  return <Glyph size={14} aria-hidden />;
}
