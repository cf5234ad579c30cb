/** Ways of an address that run nothing when they are followed. */
const SAFE = /^(?:https?:\/\/|mailto:|#)/i;

/**
 * An address as it may stand in a link of any format, or `#` for one that could run something (`javascript:`), reads
 * the machine (`file:`) or is not an address at all.
 */
export function safeAddress(href: string): string {
  if (!SAFE.test(href)) return '#';
  // Everything that could end the link in HTML, Markdown or LaTeX is percent-encoded.
  return encodeURI(href.replace(/\p{Cs}/gu, '').replace(/%(?![0-9A-Fa-f]{2})/g, '%25'))
    .replaceAll('%25', '%')
    .replace(
      /[\\<>"'`(){}|^~$]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
}
