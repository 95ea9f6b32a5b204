import type { Desk } from '../../widgets/desk.ts';
import { beginImport } from './import-actions.ts';

/** A file dropped anywhere on the window is imported. Without this the window would try to show it. */
export function listenForDrops(target: Window, desk: Desk): () => void {
  const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
  const onDragOver = (event: DragEvent): void => {
    if (!holdsFiles(event) || event.dataTransfer === null) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  };
  const onDrop = (event: DragEvent): void => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    const files = [...(event.dataTransfer?.files ?? [])];
    const [file] = files;
    if (files.length > 1) desk.runner.tell(desk.translate('file.one-at-a-time'), 'refused');
    else if (file !== undefined) void beginImport(desk, { blob: file, name: file.name, bytes: file.size });
  };
  target.addEventListener('dragover', onDragOver);
  target.addEventListener('drop', onDrop);
  return () => {
    target.removeEventListener('dragover', onDragOver);
    target.removeEventListener('drop', onDrop);
  };
}
