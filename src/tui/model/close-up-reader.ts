import type { ResultsPaths } from '../../core/run-folder/paths.js';
import { type EpochRow, epochMetrics } from '../../core/store/metric-queries.js';
import type { SampleMoment, SampleSet } from '../../core/store/sample-queries.js';
import { Paced } from './paced.js';
import { folderMarks, readRunDetail, type RunDetail, textsBack } from './run-detail.js';
import type { TableSource } from './table-source.js';

/** A run whose curves are compared with others'. */
export interface ComparedRun {
  readonly id: string;
  readonly name: string;
  readonly epochs: readonly EpochRow[];
}

/** Reads what is known of single runs: of the one that is looked at closely, and of those that are compared. */
export class CloseUpReader {
  readonly #paths: ResultsPaths;
  readonly #source: () => Pick<TableSource, 'db' | 'version'>;
  readonly #run = new Paced<RunDetail | null>();
  readonly #texts = new Paced<ReturnType<typeof textsBack>>();
  readonly #compared = new Paced<readonly ComparedRun[]>();
  readonly paced = [this.#run, this.#texts, this.#compared] as const;
  /** The run that is looked at, and what its folder looks like. */
  #watched: { readonly runId: string; readonly marks: string } | null = null;

  /** @param source the database as it is at that moment */
  constructor(paths: ResultsPaths, source: () => Pick<TableSource, 'db' | 'version'>) {
    this.#paths = paths;
    this.#source = source;
  }

  /** What there is to know of a run, which is watched from now on. Null when it is not recorded. */
  run(runId: string): RunDetail | null {
    if (this.#watched?.runId !== runId)
      this.#watched = { runId, marks: folderMarks(this.#paths, runId) };
    const { db, version } = this.#source();
    return this.#run.read(`${runId} ${this.#watched.marks}`, version, () =>
      readRunDetail(db, this.#paths, runId),
    );
  }

  /** Texts of a run at a moment counted back from the newest. */
  texts(
    detail: RunDetail,
    back: number,
  ): { readonly moment: SampleMoment; readonly sets: readonly SampleSet[] } | null {
    const { db, version } = this.#source();
    return this.#texts.read(`${detail.run.id} ${back}`, version, () => textsBack(db, detail, back));
  }

  /** Validation curves of runs, to be compared: names by id. */
  compared(runs: ReadonlyMap<string, string>): readonly ComparedRun[] {
    const { db, version } = this.#source();
    return this.#compared.read([...runs.keys()].join(), version, () =>
      [...runs].map(([id, name]) => ({ id, name, epochs: epochMetrics(db, id) })),
    );
  }

  /** Whether the folder of the watched run has changed since the last look. */
  noticeFolder(): boolean {
    if (this.#watched === null) return false;
    const { runId, marks } = this.#watched;
    const now = folderMarks(this.#paths, runId);
    if (now === marks) return false;
    this.#watched = { runId, marks: now };
    return true;
  }
}
