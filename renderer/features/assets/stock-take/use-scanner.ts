import { useEffect, type RefObject } from 'react';
import { useDesk } from '../../../store/desk-state.ts';

/**
 * A scanner that types (keyboard wedge) works wherever the focus is on this screen: the first character of a code
 * brings the focus to the field, which gets it and all that follow; Enter at the end counts it. While something floats
 * over the screen, keys are its own.
 */
export function useScanner(field: RefObject<HTMLInputElement | null>): void {
  const isCovered = useDesk((desk) => desk.overlay.open !== null);
  useEffect(() => {
    if (isCovered) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target } = event;
      const isTyping = target instanceof HTMLElement && target.matches('input, textarea, select');
      if (isTyping || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key.length !== 1 || event.key === ' ') return;
      // The focus moves before the key is entered: the character goes into the field, and is no command.
      field.current?.focus();
      event.stopPropagation();
    };
    addEventListener('keydown', onKeyDown, { capture: true });
    return () => removeEventListener('keydown', onKeyDown, { capture: true });
  }, [field, isCovered]);
}
