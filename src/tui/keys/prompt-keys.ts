import type { Key } from 'ink';
import type { ChangeUi } from '../hooks/use-ui-state.js';
import type { Dialog, Typing } from '../ui-state.js';

/** A key while a question is on the screen: nothing else is heard. */
export function answerDialog(input: string, key: Key, { choices }: Dialog, change: ChangeUi): void {
  if (key.escape) {
    change({ dialog: null });
    return;
  }
  const choice = choices.find((one) => one.key === input);
  if (choice === undefined) return;
  change({ dialog: null });
  choice.act();
}

/** A key while a text is typed. */
export function typeText(input: string, key: Key, typing: Typing, change: ChangeUi): void {
  if (key.escape) {
    change({ typing: null });
    typing.onEscape?.();
  } else if (key.return) {
    change({ typing: null });
    typing.onEnter(typing.text);
  } else if (key.backspace || key.delete) {
    retype(Array.from(typing.text).slice(0, -1).join(''));
  } else if (input !== '' && !key.ctrl && !key.meta && !key.tab) {
    retype(typing.text + input.replaceAll(/\p{Cc}/gu, ' '));
  }

  function retype(text: string): void {
    change({ typing: { ...typing, text } });
    typing.onChange?.(text);
  }
}
