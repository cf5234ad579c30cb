import { Box, useInput } from 'ink';
import { type ReactElement, useRef } from 'react';
import type { TableRow } from '../core/store/dashboard-table-queries.js';
import { Line, Lines } from './components/line.js';
import type { DashboardProps } from './dashboard-props.js';
import { useCoordination } from './hooks/use-coordination.js';
import { useFailure } from './hooks/use-failure.js';
import { useRevision } from './hooks/use-revision.js';
import { useTerminalSize } from './hooks/use-terminal-size.js';
import { useUiState } from './hooks/use-ui-state.js';
import type { KeyContext } from './keys/key-context.js';
import { handleInput } from './keys/handle-input.js';
import { tableWindow } from './model/table-window.js';
import { clip } from './text/cells.js';
import { useTheme } from './theme.js';
import type { UiState } from './ui-state.js';
import { AnswersView } from './views/answers-view.js';
import { CompareView } from './views/compare-view.js';
import { footerLines } from './views/footer.js';
import { Help } from './views/help.js';
import { overviewLines } from './views/overview.js';
import { RunView } from './views/run-view.js';
import { WaitingRunView } from './views/waiting-run-view.js';
import { RunsTable, TABLE_HEAD_LINES } from './views/runs-table.js';

/** The smallest screen that everything fits on. */
const LEAST_COLUMNS = 60;
const LEAST_ROWS = 16;

/** The dashboard of one sweep: as large as the terminal, drawn anew only when something has changed. */
export function Dashboard(props: DashboardProps): ReactElement {
  const { model, actions, correlate } = props;
  const { columns, rows } = useTerminalSize();
  const theme = useTheme();
  const endingWhereItFails = useFailure();
  const coordination = useCoordination(actions, endingWhereItFails);
  useRevision(model, endingWhereItFails);
  const { current, change } = useUiState();
  const ui = current();
  const top = useRef(0);
  const scrollLimit = useRef(0);
  const head =
    ui.view.kind === 'runs'
      ? overviewLines(model.overview(), coordination, { columns, rows }, theme)
      : [];
  const footer = footerLines(ui, model.problem, columns, theme);
  const height = rows - footer.length;
  const tableHeight = height - head.length - TABLE_HEAD_LINES;
  const context: KeyContext = {
    ...props,
    current,
    change,
    pageLines: Math.max(1, tableHeight),
    mostScroll: () => scrollLimit.current,
  };
  useInput((input, key) => {
    endingWhereItFails(() => {
      handleInput(input, key, context);
    });
  });

  if (columns < LEAST_COLUMNS || rows < LEAST_ROWS) {
    const text = `The terminal is ${columns}x${rows}; the dashboard needs ${LEAST_COLUMNS}x${LEAST_ROWS}. q quits.`;
    return <Line spans={[{ text: clip(text, columns) }]} />;
  }
  return (
    <Box flexDirection="column">
      {ui.isHelpShown ? <Help width={columns} height={height} /> : screen(ui)}
      <Lines lines={footer} />
    </Box>
  );

  function screen(shown: UiState): ReactElement {
    switch (shown.view.kind) {
      case 'runs':
        return (
          <>
            <Lines lines={head} />
            {table(shown)}
          </>
        );
      case 'run':
        return oneRun(shown, shown.view.row);
      case 'curves':
        return (
          <CompareView
            runs={model.closeUp.compared(shown.marked)}
            width={columns}
            height={height}
          />
        );
      case 'answers':
        return (
          <AnswersView
            objective={model.objective()}
            ranking={model.answers.ranking()}
            points={model.answers.sizePoints()}
            correlationOf={(runId, epochs) => model.answers.correlation(runId, epochs, correlate)}
            scroll={shown.scroll}
            scrollLimit={scrollLimit}
            width={columns}
            height={height}
          />
        );
    }
  }

  function oneRun({ marked, textsBack, scroll }: UiState, opened: TableRow): ReactElement {
    const row = model.rowOfPlan(opened.position) ?? opened;
    if (row.runId === null) return <WaitingRunView row={row} width={columns} height={height} />;
    const detail = model.closeUp.run(row.runId);
    if (detail === null) return <Line spans={[{ text: 'This run is no longer recorded.' }]} />;
    const count = detail.moments.length;
    return (
      <RunView
        detail={detail}
        row={row}
        texts={model.closeUp.texts(detail, textsBack)}
        textsPlace={[count - Math.min(textsBack, count - 1), count]}
        left={row.state === 'running' ? model.estimator().ofRun(row) : null}
        worker={model.worker(row.runId)}
        scroll={scroll}
        scrollLimit={scrollLimit}
        isMarked={marked.has(row.runId)}
        width={columns}
        height={height}
      />
    );
  }

  function table({ request, cursor, marked }: UiState): ReactElement {
    const table = model.table(request);
    const { count, groups } = table;
    const shown = Math.min(cursor, Math.max(0, count - 1));
    const window = tableWindow(groups, count, shown, top.current, tableHeight);
    top.current = window.top;
    return (
      <RunsTable
        model={model}
        request={request}
        table={table}
        window={window}
        cursor={shown}
        marked={new Set(marked.keys())}
        metric={model.objective().metric}
        width={columns}
        height={tableHeight}
      />
    );
  }
}
