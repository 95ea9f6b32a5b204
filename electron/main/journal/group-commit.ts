interface Waiting<Item> {
  readonly item: Item;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Lets all that is handed in while the disk is busy, or within one turn of the event loop, share one write and one
 * sync. When a write fails, everything waiting fails with it: later lines may depend on earlier ones.
 * @param write makes the items durable together, or leaves the file as it was and rejects
 * @param failed called before the rejections are delivered
 */
export function createGroupCommit<Item>(
  write: (items: readonly Item[]) => Promise<void>,
  failed: () => void = () => undefined,
): (item: Item) => Promise<void> {
  let waiting: Waiting<Item>[] = [];
  let running = false;

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (running) return;
      running = true;
      setImmediate(() => void run());
    });

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        await write(batch.map(({ item }) => item));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        const all = [...batch, ...waiting];
        waiting = [];
        failed();
        for (const { reject } of all) reject(error);
      }
    }
    running = false;
  }
}
