/** One after the other, in the order of asking. What one throws does not stop the next. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.then(work, work);
    this.#last = turn;
    return turn;
  }
}
