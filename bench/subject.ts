import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';

/** A process that answers one JSON line for each JSON line it is asked. */
export class Subject {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string, undefined>;
  readonly #lines: Interface;

  constructor(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...environment },
    });
    child.on('error', () => undefined); // seen as an output that ends
    child.stdin.on('error', () => undefined);
    this.#process = child;
    this.#lines = createInterface({ input: child.stdout });
    this.#answers = this.#lines[Symbol.asyncIterator]();
  }

  /** @throws Error when the process ends without an answer */
  async ask(request: Readonly<Record<string, unknown>>): Promise<unknown> {
    this.#process.stdin?.write(`${JSON.stringify(request)}\n`);
    const answer = await this.#answers.next();
    if (answer.done === true) throw new Error(`no answer to ${JSON.stringify(request)}`);
    return JSON.parse(answer.value);
  }

  end(): void {
    this.#process.stdin?.end();
    this.#lines.close();
    this.#process.kill();
  }
}
