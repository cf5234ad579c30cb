import type { ForestImportance } from '../../design/forest-importance.js';
import { scoredDesign, type ScoredDesign, type ScoredKey } from '../../design/scored-design.js';
import { heatMap, isMappable, type KeyPair } from '../../figures/heat-map.js';
import { keyChart } from '../../figures/key-chart.js';
import { parallelCoordinates } from '../../figures/parallel-coordinates.js';
import type { SweepAnalysis } from '../../sweep-analysis.js';
import { effectTable, importanceTable } from '../../tables/effect-tables.js';
import { formatShare, forestTable } from '../../tables/forest-table.js';
import { computed } from '../../provenance.js';
import { value, type RichText } from '../inline.js';
import { namedFigure, namedTable } from '../named.js';
import type { Block } from '../report.js';
import type { SectionData } from '../section-data.js';

/** What the swept keys do to the objective; nothing for a sweep of fewer than three configurations with a result. */
export function sweptKeyBlocks({ sweep, runs, analysis }: SectionData): Block[] {
  const { objective } = analysis;
  const design = scoredDesign(runs, objective);
  const chart = keyChart(objective.metric, design);
  if (chart === null) return [];
  const pair = mappedPair(design, analysis);
  const parallel = parallelCoordinates(objective, design);
  const effects = effectTable(analysis);
  return [
    { kind: 'heading', level: 1, text: 'What the swept keys do' },
    namedFigure(
      sweep.name,
      'keys',
      { caption: [], alt: `${objective.metric} against each swept key` },
      chart,
    ),
    ...(pair === null
      ? []
      : [
          namedFigure(
            sweep.name,
            'heat-map',
            {
              caption: design.keys.length > 2 ? ['Each cell is a mean over the other keys.'] : [],
              alt: `${objective.metric} at each combination of ${pair[0].key} and ${pair[1].key}`,
            },
            heatMap(objective, design, pair),
          ),
        ]),
    ...(parallel === null
      ? []
      : [
          namedFigure(
            sweep.name,
            'parallel',
            {
              caption: [],
              alt: `Swept keys and ${objective.metric} of each configuration as parallel coordinates`,
            },
            parallel,
          ),
        ]),
    namedTable(
      sweep.name,
      'importance',
      [
        'Range: largest mean of the objective at a value of the key minus the smallest. Share of variance: η² between the ' +
          'configurations, in a balanced design only; what the shares leave to 1 are interactions and chance.',
      ],
      importanceTable(analysis),
    ),
    ...(effects.rows.length === 0
      ? []
      : [
          namedTable(
            sweep.name,
            'effects',
            [
              'Main effects: mean of the objective over the configurations at each value, replicates as one, with Student’s ' +
                'interval. What the other keys do is part of the interval.',
            ],
            effects,
          ),
        ]),
    ...forestBlocks(sweep.name, analysis.forest),
  ];
}

/** What a forest needs of the keys; in words where it explains nothing. */
function forestBlocks(sweep: string, forest: ForestImportance | null): Block[] {
  if (forest === null) return [];
  const { rSquared, reason, n, metric, runIds } = forest;
  const explained: RichText =
    rSquared === null
      ? []
      : [
          'Of configurations that it has not seen the forest explains R² = ',
          value(formatShare(rSquared), computed(runIds, `held-out R² of a forest for ${metric}`)),
          ` (${n} configurations, five parts held out in turn).`,
        ];
  if (reason !== null)
    return [{ kind: 'text', text: [`No permutation importance: ${reason}. `, ...explained] }];
  const caption: RichText = [
    'Permutation importance: the R² that a random forest loses when the values of a key are shuffled, and the interval of ' +
      'that over 20 shufflings. It counts interactions, so the rows may add to more than R². ',
    ...explained,
  ];
  return [namedTable(sweep, 'permutation-importance', caption, forestTable(forest))];
}

/** The two keys of a map: of more than two, those that explain the most. */
function mappedPair({ keys }: ScoredDesign, { effects }: SweepAnalysis): KeyPair | null {
  const share = ({ key }: ScoredKey): number =>
    effects.keys.find((one) => one.key === key)?.varianceShare ?? -1;
  const [one, other] = keys.toSorted((a, b) => share(b) - share(a));
  if (one === undefined || other === undefined) return null;
  if (keys.length > 2 && share(other) < 0) return null;
  const pair = [one, other] as const;
  return isMappable(pair) ? pair : null;
}
