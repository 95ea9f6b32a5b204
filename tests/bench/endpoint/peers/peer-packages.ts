import { createRequire } from 'node:module';
import path from 'node:path';

/** Loads packages of the peers from where the runner installed them: nothing of them is part of the project. */
export class PeerPackages {
  readonly #require: NodeJS.Require;

  constructor(folder: string) {
    this.#require = createRequire(path.join(folder, 'package.json'));
  }

  /** The caller knows the package by `modules.d.ts`. */
  load<Module>(name: string): Module {
    const loaded = this.#require(name) as Module & { readonly default?: Module };
    return loaded.default ?? loaded;
  }

  version(name: string): string {
    return (this.#require(`${name}/package.json`) as { readonly version: string }).version;
  }
}
