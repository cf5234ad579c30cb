/** Imports go one way: cli → tui | analysis | sweeps → core, and inside core from right to left of CORE_ORDER. */
const CORE_ORDER = [
  'errors\\.ts',
  'start-thread\\.ts',
  'interpret-schemas\\.ts',
  'random/',
  'config/',
  'data/',
  'text-metrics/',
  'model/',
  'run-folder/',
  'engine/',
  'trainer/',
];

/** Each folder of core may import itself and what stands left of it. */
const coreRules = CORE_ORDER.map((folder, index) => ({
  name: `core-order-${folder.replace(/\W+/g, '-').replace(/-$/, '')}`,
  comment: 'Inside core a folder imports only those left of it in CORE_ORDER.',
  severity: 'error',
  from: { path: `^src/core/${folder}` },
  to: {
    path: '^src/core/',
    pathNot: CORE_ORDER.slice(0, index + 1).map((allowed) => `^src/core/${allowed}`),
  },
}));

/** Libraries that have one home, so that they can be replaced in one place and are loaded only where needed. */
const HOMES = {
  'better-sqlite3': '^src/core/store/',
  'onnxruntime-node': '^src/core/engine/onnx/',
  protobufjs: '^src/(core/engine/onnx|analysis/export/tensorboard)/',
  'crc-32': '^src/analysis/export/tensorboard/',
  'csv-stringify': '^src/analysis/(export/|tables/table-files\\.ts)',
  liquidjs: '^src/analysis/report/template/',
  'markdown-it': '^src/analysis/report/prose/',
  '@resvg/resvg-js': '^src/analysis/figures/figure-png\\.ts',
  pdfkit: '^src/analysis/figures/figure-pdf\\.ts',
  'svg-to-pdfkit': '^src/analysis/figures/figure-pdf\\.ts',
  'hyparquet-writer': '^src/analysis/export/',
  '@tensorflow': '^src/core/engine/tfjs/',
  yaml: '^src/(sweeps/definition/|analysis/report/definition-prose\\.ts)',
  jsep: '^src/sweeps/definition/',
  'simple-statistics': '^src/analysis/statistics/',
  jstat: '^src/analysis/statistics/',
  'ml-random-forest': '^src/analysis/statistics/',
  vega: '^src/analysis/(figures|report/page/client)/',
  'vega-lite': '^src/analysis/figures/',
  hyparquet: '^src/core/data/',
  'pure-rand': '^src/core/random/',
  picocolors: '^src/cli/colors\\.ts$',
  ink: '^src/tui/',
  react: '^src/tui/',
  'string-width': '^src/(tui/text/|cli/table[.]ts)',
};

const homeRules = Object.entries(HOMES).map(([library, home]) => ({
  name: `home-of-${library}`,
  comment: `${library} is imported only in ${home}`,
  severity: 'error',
  from: { path: '^src/', pathNot: home },
  to: { path: `node_modules/(@types/)?${library}/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'A cycle means that two files are one idea, or that a type is in the wrong one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-imports-no-other-part',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { path: '^src/(cli|tui|analysis|sweeps)/' },
    },
    {
      name: 'parts-do-not-import-each-other',
      severity: 'error',
      from: { path: '^src/(tui|analysis|sweeps)/' },
      to: { path: '^src/(cli|tui|analysis|sweeps)/', pathNot: '^src/$1/' },
    },
    ...coreRules,
    {
      name: 'store-imports-little',
      comment: 'A dashboard that reads the store must not load ONNX or the data code.',
      severity: 'error',
      from: { path: '^src/core/store/' },
      to: {
        path: '^src/core/',
        pathNot: '^src/core/(errors\\.ts|config/|run-folder/|store/)',
      },
    },
    ...homeRules,
    {
      name: 'dashboard-is-loaded-lazily',
      comment:
        'Ink and React take longer to load than sweep ls may take: they come with a dynamic import. What src/tui/text has is plain functions over texts and loads neither.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: {
        path: '^src/tui/',
        pathNot: '^src/tui/text/',
        dependencyTypesNot: ['type-only', 'dynamic-import'],
      },
    },
    {
      name: 'texts-load-no-dashboard',
      comment: 'Every command may use what src/tui/text has.',
      severity: 'error',
      from: { path: '^src/tui/text/' },
      to: {
        path: '(^src/tui/(?!text/)|node_modules/(ink|react)/)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'home-of-child-process',
      comment: 'Processes are started by launchers, and a browser where the report is printed.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(sweeps/launchers|analysis/report/print)/' },
      to: { path: '^(node:)?child_process$' },
    },
    {
      name: 'src-imports-no-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
