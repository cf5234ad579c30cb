import { createRequire } from 'node:module';

/** What figures are drawn with as PNG and PDF: on a machine without fonts too, and with the same bytes everywhere. */
export const FIGURE_FONT = 'DejaVu Sans';

/** Files of the font, from the package of its name. */
export function figureFontFiles(): { readonly regular: string; readonly bold: string } {
  const require = createRequire(import.meta.url);
  return {
    regular: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
    bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  };
}

/**
 * Whether a drawing has characters of writings that DejaVu Sans does not have: those of South and East Asia, and emoji.
 * Latin, Greek, Cyrillic, Hebrew, Arabic and mathematics it has.
 */
export function needsOtherFonts(svg: string): boolean {
  return /[\u0780-\u0e3e\u0e40-\u109f\u1100-\u13ff\u1700-\u1cff\u2e80-\uefff\uff00-\uffef]|[\u{10000}-\u{1d3ff}\u{1f300}-\u{10ffff}]/u.test(
    svg,
  );
}
