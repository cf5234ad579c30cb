/** Turns of the event loop in which React, which puts work off when it is slow, has drawn on any machine. */
const TURNS = 20;

/** Lets React draw. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await new Promise(setImmediate);
}
