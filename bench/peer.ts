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

/** Its threads get in the way of PyTorch's own: a step took up to three times as long with it as with the other. */
const SLOW_BLAS = 'openblas-pthread';
const REMEDY =
  'choose the OpenMP one with update-alternatives (libblas.so.3 and libopenblas.so.0), or the ratios are worth nothing';

/**
 * For glibc's malloc: no tensor in pages of its own, and nothing given back. Without it each large tensor costs a page
 * fault for every 4 KiB, which on a virtual machine can take longer than the arithmetic.
 */
const KEEP_MEMORY = { MALLOC_MMAP_MAX_: '0', MALLOC_TRIM_THRESHOLD_: '100000000000' };

/**
 * PyTorch with the same model; null, with a reason on stderr, where it cannot be imported.
 *
 * @param memory `system`: as a user gets it; `kept`: without the page faults of memory that is given back and taken anew
 */
export async function startPeer(threads: number, memory: 'system' | 'kept'): Promise<Peer | null> {
  const script = fileURLToPath(new URL('peer/decoder.py', import.meta.url));
  for (const python of PYTHONS) {
    const subject = new Subject(python, [script], {
      OMP_NUM_THREADS: `${threads}`,
      ...(memory === 'kept' ? KEEP_MEMORY : {}),
    });
    try {
      const { version } = answer.parse(await subject.ask({ what: 'version' }));
      if (version.includes(SLOW_BLAS))
        process.stderr.write(`PyTorch runs on ${SLOW_BLAS}: ${REMEDY}\n`);
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
