import type { ReactNode } from 'react';
import { roles, type Role } from '../../../../shared/domain/permissions.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { roleNames } from '../../../widgets/role-names.ts';
import { useAdministrationText } from '../administration-text.ts';
import styles from './dialogs.module.css';

/** Roles, each with what it lets a person do. Their rights are the sum. */
export function RolePick({
  chosen,
  onChange,
  error,
}: {
  readonly chosen: readonly Role[];
  readonly onChange: (roles: readonly Role[]) => void;
  readonly error: string | undefined;
}): ReactNode {
  const text = useAdministrationText();
  return (
    <fieldset className={classNames(styles, 'group')}>
      <legend className={classNames(styles, 'legend')}>{text('account.roles')}</legend>
      <ul className={classNames(styles, 'roles')}>
        {roles.map((role) => (
          <li key={role}>
            <Checkbox
              label={roleNames(text, [role])}
              isSelected={chosen.includes(role)}
              onChange={(isChosen) =>
                onChange(roles.filter((each) => (each === role ? isChosen : chosen.includes(each))))
              }
            />
            <span className={classNames(styles, 'hint')}>{text(`role.${role}.does`)}</span>
          </li>
        ))}
      </ul>
      {error === undefined ? null : (
        <p role="alert" className={classNames(styles, 'error')}>
          {error}
        </p>
      )}
    </fieldset>
  );
}
