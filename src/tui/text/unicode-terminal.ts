/**
 * Whether a terminal shows more than ASCII: SWEEP_ASCII decides where it is set (`0` is no), else the locale, as
 * POSIX orders its variables (LC_ALL, LC_CTYPE, LANG; without any it is "C").
 *
 * @param platform Windows and macOS have terminals of UTF-8 whatever these variables say, and often do not set them
 */
export function isUnicodeTerminal(
  { SWEEP_ASCII, LC_ALL, LC_CTYPE, LANG, TERM }: NodeJS.ProcessEnv,
  platform: NodeJS.Platform = process.platform,
): boolean {
  if (isSet(SWEEP_ASCII)) return SWEEP_ASCII === '0';
  if (TERM === 'linux') return false; // the console of the kernel has no glyphs for bars and dots
  const locale = [LC_ALL, LC_CTYPE, LANG].find(isSet);
  if (locale === undefined) return platform === 'win32' || platform === 'darwin';
  return /utf-?8/i.test(locale);
}

/** A variable that is there and empty counts as not set. */
function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
