import { execFile, type ExecFileException } from 'node:child_process';
import { type GpuUse, NVIDIA_SMI_FIELDS, parseNvidiaSmi } from '../../core/engine/gpu-use.js';

/** A driver that hangs is given up; a healthy one answers within a second. */
const TIMEOUT_MS = 10_000;

/**
 * Asks NVIDIA's driver how much its GPUs are used; it takes part of a second, so nobody should ask often.
 *
 * @param signal ends the question
 * @param command tests have one of their own
 * @throws Error in a few words when there is no answer
 */
export function readNvidiaGpus(signal: AbortSignal, command = 'nvidia-smi'): Promise<GpuUse[]> {
  const query = [`--query-gpu=${NVIDIA_SMI_FIELDS.join()}`, '--format=csv,noheader,nounits'];
  return new Promise((resolve, reject) => {
    execFile(command, query, { signal, timeout: TIMEOUT_MS }, (error, stdout) => {
      if (error !== null) {
        reject(new Error(inFewWords(error), { cause: error }));
        return;
      }
      try {
        resolve(parseNvidiaSmi(stdout));
      } catch (cause) {
        reject(new Error('nvidia-smi says something else', { cause }));
      }
    });
  });
}

function inFewWords({ code, killed = false }: ExecFileException): string {
  if (code === 'ENOENT') return 'nvidia-smi is missing';
  if (killed) return 'nvidia-smi does not answer';
  return typeof code === 'number'
    ? `nvidia-smi ends with exit code ${code}`
    : 'nvidia-smi cannot be asked';
}
