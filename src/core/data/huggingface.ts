import path from 'node:path';
import type { HuggingfaceDatasetConfig } from '../config/dataset-schema.js';
import { quoteValue, SweepError } from '../errors.js';
import { SPLITS, type DataWarning, type Split } from './dataset.js';
import { HubCache } from './huggingface/cache.js';
import { createHub, HubOffline, type Hub, type Revision } from './huggingface/hub.js';
import { readTextColumns } from './huggingface/parquet.js';
import { selectFiles } from './huggingface/select-files.js';
import { warnIf, type DataProgress, type SourceTexts } from './source.js';

/** `name` or `owner/name`; becomes part of an address and of a path, so nothing else may get through. */
const REPOSITORY = /^(?!\.)[\w.-]+(?:\/(?!\.)[\w.-]+)?$/u;
const COMMIT = /^[0-9a-f]{40}$/u;

export interface HuggingfaceOptions {
  readonly cacheFolder: string;
  readonly onProgress: (progress: DataProgress) => void;
  /** Where `HF_ENDPOINT` and `HF_TOKEN` are looked up. */
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Texts of a data set on the Hugging Face hub, from its Parquet files, which are kept in
 * `<cacheFolder>/huggingface/<repository>/<commit>`.
 *
 * The hub is asked once which commit the revision is now; files of that commit that are in the cache are not downloaded
 * again. If it does not answer, the commit of the last time is used, with a warning. A revision that is a commit needs
 * no question if it is in the cache.
 *
 * @throws SweepError `unreachable` or `bad-data`
 */
export async function loadHuggingface(
  config: HuggingfaceDatasetConfig,
  { cacheFolder, onProgress, environment }: HuggingfaceOptions,
): Promise<SourceTexts> {
  const { repository, revision, fields } = config;
  checkRepository(repository);
  const cache = new HubCache(path.join(cacheFolder, 'huggingface', ...repository.split('/')));
  const hub = createHub(environment);
  const { sha, files, warnings } = await resolve(hub, cache, { repository, revision });
  const where = `${repository}@${revision}`;
  const texts: Record<Split, string[]> = { train: [], val: [], test: [] };
  // All splits are looked up before the first is downloaded.
  const plan = SPLITS.map((split) => {
    const wanted = { config: config.config, split: config.splits[split], where };
    return { split, paths: selectFiles(files, wanted) };
  });
  for (const { split, paths } of plan) {
    let nulls = 0;
    for (const file of paths) {
      const local = await cache.fetchFile(hub, { repository, sha, file }, onProgress);
      const values = (await readTextColumns(local, fields)).flat();
      const present = values.filter((value) => value !== null);
      nulls += values.length - present.length;
      texts[split].push(...present);
    }
    warnings.push(
      ...warnIf(nulls, 'values were null and were left out', `${where} ${config.splits[split]}`),
    );
  }
  return { texts, warnings };
}

interface Resolved extends Revision {
  readonly warnings: DataWarning[];
}

async function resolve(
  hub: Hub,
  cache: HubCache,
  reference: { readonly repository: string; readonly revision: string },
): Promise<Resolved> {
  const { repository, revision } = reference;
  const remembered = await cache.recall(revision);
  if (remembered !== undefined && COMMIT.test(revision)) return { ...remembered, warnings: [] };
  try {
    const current = await hub.resolveRevision(reference);
    await cache.remember(revision, current);
    return { ...current, warnings: [] };
  } catch (error) {
    if (!(error instanceof HubOffline) || remembered === undefined) throw error;
    const commit = remembered.sha.slice(0, 7);
    const message = `revision could not be checked because ${hub.endpoint} cannot be reached; commit ${commit} of the last time is used`;
    return { ...remembered, warnings: warnIf(1, message, `${repository}@${revision}`) };
  }
}

function checkRepository(repository: string): void {
  if (REPOSITORY.test(repository)) return;
  throw new SweepError('bad-definition', {
    where: 'dataset.repository',
    message: `must be owner/name (got ${quoteValue(repository)})`,
    fix: 'Copy it from the title of the data set on the hub, such as IlyaGusev/headline_cause.',
  });
}
