import { Component } from 'react';
import type { ErrorInfo, ReactNode } from 'react';

interface Props {
  readonly children: ReactNode;
  /** Told once for each failure, for the log. */
  readonly onFailure: (message: string) => void;
  readonly fallback: ReactNode;
}

/** A part of the screen that throws is replaced by words and a way on; the rest goes on working. */
export class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    this.props.onFailure(`${error.stack ?? error.message}\n${info.componentStack ?? ''}`.slice(0, 2_000));
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
