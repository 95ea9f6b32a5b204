import { UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDesk } from '../../store/desk-state.ts';
import { useDeskContext } from '../../widgets/desk.ts';
import { RailEntry } from '../../widgets/rail-entry.tsx';
import { useAdministrationText } from './administration-text.ts';
import { administrationScreen, showAdministration } from './place.ts';

/** In the rail for administrators only: for everybody else there is nothing behind it. */
export function AdministrationNavigation({ isFolded }: { readonly isFolded: boolean }): ReactNode {
  const text = useAdministrationText();
  const desk = useDeskContext();
  const isShown = useDesk(({ connection }) => connection.roles.includes('administrator'));
  const isHere = useDesk((state) => state.navigation.place.screen === administrationScreen);
  if (!isShown) return null;
  return (
    <RailEntry
      name={text('administration.title')}
      glyph={<UsersRound size={16} strokeWidth={1.75} aria-hidden />}
      isFolded={isFolded}
      isHere={isHere}
      onPress={() => showAdministration(desk, 'accounts')}
    />
  );
}
