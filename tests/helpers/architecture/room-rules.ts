import { mayImport, packageOf, packageTable, roomOf, targetOf } from './rooms.ts';
import type { Rule } from './rule.ts';

export const roomRules: readonly Rule[] = [
  {
    name: 'rooms import only the rooms below them',
    check: (file) => {
      const room = roomOf(file.path);
      if (room === null) return [];
      return file.imports.flatMap(({ text, line }) => {
        const target = targetOf(file.path, text);
        const targetRoom = target === null ? null : roomOf(target);
        if (targetRoom === null || mayImport(room, targetRoom)) return [];
        return [{ line, message: `${room} may not import ${targetRoom} (${text})` }];
      });
    },
    canaries: [
      { path: 'shared/domain/ticket/a.ts', code: "import { x } from '../../../renderer/data/x.ts';" },
      { path: 'electron/main/a.ts', code: "import type { X } from '../../renderer/data/x.ts';" },
      { path: 'electron/main/a.ts', code: "import { x } from '../preload/x.ts';" },
      { path: 'server/a.ts', code: "import { x } from '../electron/main/x.ts';" },
      { path: 'renderer/ui/a.tsx', code: "import { x } from '../../shared/domain/x.ts';" },
      { path: 'renderer/store/a.ts', code: "export { x } from '../data/x.ts';" },
      { path: 'renderer/data/a.ts', code: "const x = await import('../desktop/x.ts');" },
      { path: 'renderer/sync/a.ts', code: "import { x } from '../store/x.ts';" },
      { path: 'renderer/widgets/a.tsx', code: "import { x } from '../features/tickets/x.ts';" },
      { path: 'renderer/features/tickets/a.ts', code: "import { x } from '../problems/x.ts';" },
      { path: 'renderer/features/tickets/a.ts', code: "import { x } from '../../desktop/x.ts';" },
      { path: 'renderer/features/tickets/a.ts', code: "import { x } from '../../app/x.ts';" },
      { path: 'renderer/main.tsx', code: "import { x } from '../electron/main/x.ts';" },
      { path: 'renderer/app/a.ts', code: "export * from '../../tests/helpers/x.ts';" },
      { path: 'scripts/a.mjs', code: "/** @type {import('../shared/x.ts').X} */ import { x } from '../shared/x.ts';" },
    ],
    innocent: [
      {
        path: 'renderer/features/tickets/list/a.tsx',
        code: "import { x } from '../x.ts'; import { y } from '../../../ui/y.ts';",
      },
      {
        path: 'renderer/app/a.ts',
        code: "import { x } from '../features/tickets/feature.ts'; import { d } from '../desktop/d.ts';",
      },
      { path: 'tests/unit/a.test.ts', code: "import { x } from '../../electron/main/x.ts';" },
    ],
  },
  {
    name: 'shared uses pure packages only',
    check: (file) => {
      const allowed = packageTable[roomOf(file.path) ?? ''];
      if (allowed === undefined) return [];
      return file.imports.flatMap(({ text, line }) =>
        targetOf(file.path, text) !== null || allowed.includes(packageOf(text))
          ? []
          : [{ line, message: `${file.path} may not use the package ${text}` }],
      );
    },
    canaries: [
      { path: 'shared/sync/a.ts', code: "import { readFile } from 'node:fs/promises';" },
      { path: 'shared/sync/a.ts', code: "import { liveQuery } from 'dexie';" },
      { path: 'shared/sync/a.ts', code: "import type { ReactNode } from 'react';" },
    ],
    innocent: [
      { path: 'shared/sync/a.ts', code: "import { z } from 'zod'; import { sha256 } from '@noble/hashes/sha2.js';" },
    ],
  },
  {
    name: 'relative imports carry their extension',
    check: (file) =>
      file.imports.flatMap(({ text, line }) =>
        targetOf(file.path, text) === null || /\.(ts|tsx|mjs|json|css|tsv|csv|svg|png|woff2)(\?[a-z&]+)?$/.test(text)
          ? []
          : [{ line, message: `the import ${text} names no file` }],
      ),
    canaries: [{ path: 'shared/a.ts', code: "import { x } from './x';" }],
    innocent: [{ path: 'shared/a.ts', code: "import { x } from './x.ts'; import w from './w.ts?sharedworker&url';" }],
  },
];
