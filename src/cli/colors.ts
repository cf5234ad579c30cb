import picocolors from 'picocolors';

/**
 * Colours, or the plain text where nobody would see them: the program's output is coloured only on a terminal, and never
 * with NO_COLOR. picocolors alone would also colour what a CI job writes to a file.
 */
export const pc = picocolors.createColors(isColorful(process.env));

function isColorful({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv): boolean {
  if ((NO_COLOR ?? '') !== '') return false;
  if ((FORCE_COLOR ?? '0') !== '0') return true;
  return process.stdout.isTTY && process.stderr.isTTY && TERM !== 'dumb';
}
