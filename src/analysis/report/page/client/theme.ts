import { button } from './element.js';

const THEMES = ['auto', 'light', 'dark'] as const;

/** A button that goes through the themes; `auto` follows the system. */
export function startTheme(): void {
  const bar = document.querySelector('.bar');
  let place = 0;
  const toggle = button('Theme: auto', () => {
    place = (place + 1) % THEMES.length;
    const theme = THEMES[place] ?? 'auto';
    toggle.textContent = `Theme: ${theme}`;
    if (theme === 'auto') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  });
  bar?.append(toggle);
}
