/**
 * Names of the elements of an XML text in order; throws at the first place that is not well-formed: an element that is
 * not closed, a bare `<` or `&`, an attribute without quotes.
 */
export function elementsOf(xml: string): string[] {
  const part =
    /<(?<close>\/?)(?<name>[\w:]+)(?:\s+[\w:-]+="(?:[^"<&]|&(?:\w+|#\d+|#x[\da-f]+);)*")*\s*(?<empty>\/?)>|(?:[^<&]|&(?:\w+|#\d+|#x[\da-f]+);)+/gy;
  const names: string[] = [];
  const open: string[] = [];
  while (part.lastIndex < xml.length) {
    const at = part.lastIndex;
    const groups = part.exec(xml)?.groups;
    if (groups === undefined) throw new Error(`not well-formed: ${xml.slice(at, at + 80)}`);
    const { name, close, empty } = groups;
    if (name === undefined) continue;
    if (close === '/') {
      if (open.pop() !== name) throw new Error(`</${name}> closes another element`);
      continue;
    }
    names.push(name);
    if (empty !== '/') open.push(name);
  }
  if (open.length > 0) throw new Error(`not closed: ${open.join(', ')}`);
  return names;
}
