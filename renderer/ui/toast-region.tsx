import { X } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Button, IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './toast-region.module.css';

export interface Toast {
  readonly id: string;
  readonly text: string;
  readonly tone: 'done' | 'refused';
  /** The one thing to do about it, e.g. Undo. */
  readonly action?: { readonly label: string; readonly keys?: string };
}

export interface ToastRegionProps {
  readonly label: string;
  readonly closeLabel: string;
  readonly toasts: readonly Toast[];
  /** How long one stays, in ms; it stays longer while pointed at or focused (WCAG 2.2.1). */
  readonly duration: number;
  readonly onAction: (id: string) => void;
  readonly onClose: (id: string) => void;
}

export function ToastRegion({ label, toasts, ...rest }: ToastRegionProps): ReactNode {
  return (
    <section aria-label={label} aria-live="polite" className={classNames(styles, 'region')}>
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} {...rest} />
      ))}
    </section>
  );
}

function ToastCard({
  toast,
  duration,
  onAction,
  onClose,
  closeLabel,
}: Omit<ToastRegionProps, 'label' | 'toasts'> & { readonly toast: Toast }): ReactNode {
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return undefined;
    const timer = setTimeout(() => onClose(toast.id), duration);
    return () => clearTimeout(timer);
  }, [isHeld, toast.id, duration, onClose]);
  return (
    <div
      role={toast.tone === 'refused' ? 'alert' : 'status'}
      className={classNames(styles, 'toast', toast.tone)}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={classNames(styles, 'text')}>{toast.text}</span>
      {toast.action === undefined ? null : (
        <Button variant="quiet" keys={toast.action.keys} onPress={() => onAction(toast.id)}>
          {toast.action.label}
        </Button>
      )}
      <IconButton label={closeLabel} size="small" icon={<X size={14} />} onPress={() => onClose(toast.id)} />
    </div>
  );
}
