import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { Subject } from './subject.js';

export interface Peer {
  readonly subject: Subject;
  readonly version: string;
}

const answer = z.object({ version: z.string(), threads: z.int() });
/** Debian installs its PyTorch for the system's Python, which need not be the first on the path. */
const PYTHONS = ['/usr/bin/python3', 'python3'];

/** PyTorch with the same model; null, with a reason on stderr, where it cannot be imported. */
export async function startPeer(threads: number): Promise<Peer | null> {
  const script = fileURLToPath(new URL('peer/decoder.py', import.meta.url));
  for (const python of PYTHONS) {
    const subject = new Subject(python, [script], { OMP_NUM_THREADS: `${threads}` });
    try {
      const { version } = answer.parse(await subject.ask({ what: 'version' }));
      return { subject, version };
    } catch (error) {
      subject.end();
      const reason = error instanceof Error ? error.message : String(error);
      process.stderr.write(`${python} has no PyTorch: ${reason}\n`);
    }
  }
  process.stderr.write('PyTorch is left out. On Debian: python3-torch libopenblas0-openmp\n');
  return null;
}
