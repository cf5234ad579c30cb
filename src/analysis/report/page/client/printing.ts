/** Opens what is folded away while the page is printed; the numbers of figures stay folded. */
export function startPrinting(): void {
  const opened: HTMLDetailsElement[] = [];
  window.addEventListener('beforeprint', () => {
    for (const one of document.querySelectorAll<HTMLDetailsElement>('details:not(.numbers)')) {
      if (one.open) continue;
      one.open = true;
      opened.push(one);
    }
  });
  window.addEventListener('afterprint', () => {
    for (const one of opened.splice(0)) one.open = false;
  });
}
