import {
  CircleCheckBig,
  Flame,
  Hourglass,
  Inbox,
  Layers,
  ListChecks,
  PackageOpen,
  Pin,
  Tickets,
  Timer,
  UserRoundX,
  UsersRound,
} from 'lucide-react';
import type { ReactNode } from 'react';

const glyphs: Readonly<Record<string, typeof Inbox>> = {
  'my-work': ListChecks,
  unassigned: UserRoundX,
  'due-soon': Timer,
  'all-open': Inbox,
  all: Tickets,
  urgent: Flame,
  'awaiting-caller': Hourglass,
  requests: PackageOpen,
  resolved: CircleCheckBig,
};

/** Shape of a view in the rail; it stands alone when the rail is folded. */
export function ViewGlyph({ view }: { readonly view: string }): ReactNode {
  const Glyph = glyphs[view] ?? (view.startsWith('saved:') ? Pin : view === 'queue:' ? Layers : UsersRound);
  return <Glyph size={16} strokeWidth={1.75} aria-hidden />;
}
