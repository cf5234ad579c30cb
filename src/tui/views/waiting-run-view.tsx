import type { ReactElement } from 'react';
import type { WaitingRow } from '../../core/store/dashboard-table-queries.js';
import { Lines } from '../components/line.js';
import { plainText } from '../text/format.js';
import { joinParts } from '../text/spans.js';
import { STATE_COLORS, useTheme } from '../theme.js';
import { changesSection } from './run-sections.js';

/** A run that stands on a result which is not there yet: why it waits, and what of it is stated already. */
export function WaitingRunView({
  row,
  width,
  height,
}: {
  readonly row: WaitingRow;
  readonly width: number;
  readonly height: number;
}): ReactElement {
  const theme = useTheme();
  const { name, state, waitingFor } = row;
  const lines = [
    joinParts([[{ text: plainText(name), bold: true, color: 'cyanBright' }]], width, [
      { text: state, color: STATE_COLORS[state], bold: true },
    ]),
    joinParts([[{ text: plainText(waitingFor) }]], width),
    ...changesSection(row, width, theme),
  ];
  return <Lines lines={Array.from({ length: height }, (_, index) => lines[index] ?? [])} />;
}
