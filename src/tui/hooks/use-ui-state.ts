import { useCallback, useReducer, useRef } from 'react';
import { FIRST_UI_STATE, type UiState } from '../ui-state.js';

/** Changes some fields of the state and draws anew. */
export type ChangeUi = (change: Partial<UiState>) => void;

/**
 * What the user has chosen to see. Kept outside of React's state, because several keys may arrive at once: each must
 * see what the one before it did, not what was drawn last.
 */
export function useUiState(): { readonly current: () => UiState; readonly change: ChangeUi } {
  const state = useRef(FIRST_UI_STATE);
  const [, draw] = useReducer((count: number) => count + 1, 0);
  const current = useCallback(() => state.current, []);
  const change = useCallback((fields: Partial<UiState>) => {
    state.current = { ...state.current, ...fields };
    draw();
  }, []);
  return { current, change };
}
