import type { DesktopApi } from '../../shared/desktop-api.ts';

declare global {
  interface Window {
    /** Put there by the preload script. */
    readonly desktop?: DesktopApi;
  }
}

/**
 * The shell's side of the process boundary (D12); the one place that reads `window.desktop`.
 * In a plain browser (development) a stand-in keeps everything in the browser. Under `app:` there is none: a desk whose
 * shell is missing would save where nobody looks, so the start fails and says so.
 */
export async function openDesktop(): Promise<DesktopApi> {
  if (window.desktop !== undefined) return window.desktop;
  if (location.protocol === 'app:') {
    throw new Error('The preload script did not provide window.desktop: nothing could be saved. Reinstall Holdfast.');
  }
  const { createBrowserDesktop } = await import('./browser-desktop.ts');
  return createBrowserDesktop();
}
