import { UsersRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDesk } from '../../store/desk-state.ts';
import { classNames } from '../../ui/class-names.ts';
import { useDeskContext } from '../../widgets/desk.ts';
import { useAdministrationText } from './administration-text.ts';
import { administrationScreen, showAdministration } from './place.ts';
import styles from './navigation.module.css';

/** In the rail for administrators only: for everybody else there is nothing behind it. */
export function AdministrationNavigation({ isFolded }: { readonly isFolded: boolean }): ReactNode {
  const text = useAdministrationText();
  const desk = useDeskContext();
  const isShown = useDesk(({ connection }) => connection.roles.includes('administrator'));
  const isHere = useDesk((state) => state.navigation.place.screen === administrationScreen);
  if (!isShown) return null;
  const name = text('administration.title');
  return (
    <button
      type="button"
      title={name}
      aria-current={isHere ? 'page' : undefined}
      className={classNames(styles, 'entry', isHere && 'current', isFolded && 'folded')}
      onClick={() => showAdministration(desk, 'accounts')}
    >
      <UsersRound size={16} strokeWidth={1.75} aria-hidden />
      <span className={isFolded ? 'visually-hidden' : 'one-line'}>{name}</span>
    </button>
  );
}
