/** What a script element of this page holds. */
export function readJson(element: Element): unknown {
  return JSON.parse(element.textContent);
}
