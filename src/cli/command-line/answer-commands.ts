import type { Command } from '@commander-js/extra-typings';
import { parseReportFormats } from '../report-formats.js';
import { cacheOption, examples, resultsOption } from './shared-options.js';

/** `sweep analyze`, `compare`, `report`: what came out. */
export function addAnswerCommands(program: Command): void {
  const analyze = program
    .command('analyze')
    .description('Scores of each run, their ranking, and how NLL and top-1 correlate.')
    .argument('<sweep>', 'name of a sweep')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--json', 'print one JSON document')
    .action(async (sweep, options) => {
      const { runAnalyze } = await import('../commands/analyze.js');
      await runAnalyze(sweep, options);
    });
  examples(analyze, ['sweep analyze q2', 'sweep analyze q2 --json']);

  const compare = program
    .command('compare')
    .description('Two or more runs side by side: what differs, numbers, curves, sampled texts.')
    .argument('<runs...>', 'ids of runs, their beginnings, or names, of any sweeps')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('--json', 'print one JSON document')
    .action(async (runs, options) => {
      const { runCompare } = await import('../commands/compare.js');
      await runCompare(runs, options);
    });
  examples(compare, [
    'sweep compare quickstart/small quickstart/medium',
    'sweep compare 3f2a91 q3/fewer-texts --json',
  ]);

  const report = program
    .command('report')
    .description('Write a report: tables, curves, correlations, hyper-parameters, sampled texts.')
    .argument('[sweeps...]', 'names of sweeps')
    .addOption(resultsOption)
    .addOption(cacheOption)
    .option('-o, --out <folder>', 'folder to write (default: <results>/report)')
    .option(
      '--format <list>',
      'what to write: md, html, tex, pdf, figures, tables, with commas between (default: everything)',
      parseReportFormats,
    )
    .option('--template <file>', 'fill in a Markdown file of your own instead: docs/templates.md')
    .option('--check <folder>', 'say whether every number of a written report is still true')
    .option('--json', 'print one JSON document, with --check')
    .action(async (sweeps, { check, ...options }) => {
      if (check !== undefined) {
        if (sweeps.length > 0)
          report.error('error: --check takes no sweeps: the report names them');
        if (options.template !== undefined)
          report.error('error: --check takes no --template: the report has its own');
        if (options.format !== undefined)
          report.error('error: --check takes no --format: it reads what the folder has');
        const { runCheckReport } = await import('../commands/check-report.js');
        await runCheckReport(check, options);
        return;
      }
      if (sweeps.length === 0) report.error("error: missing required argument 'sweeps'");
      const { runReport } = await import('../commands/report.js');
      await runReport(sweeps, options);
    });
  examples(report, [
    'sweep report q2',
    'sweep report q2 q3 q4 --out report',
    'sweep report q2 --format html',
    'sweep report quickstart --template experiments/quickstart.md.liquid --out report',
    'sweep report --check report',
  ]);
}
