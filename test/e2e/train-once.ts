import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { TestProject } from 'vitest/node';
import { BINARY, someTexts, TINY } from './tiny-sweep.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of a workspace in which the tiny sweep is finished; to be copied, never written to. */
    finishedSweep: string;
  }
}

/** Trains the tiny sweep once for all files of the project: `finishedWorkspace` copies it. */
export default async function trainOnce(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'sweep-test-finished-'));
  writeFileSync(join(folder, 'texts.txt'), someTexts());
  writeFileSync(join(folder, 'tiny.yaml'), TINY);
  await execa(process.execPath, [BINARY, 'run', 'tiny.yaml'], { cwd: folder });
  project.provide('finishedSweep', folder);
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
