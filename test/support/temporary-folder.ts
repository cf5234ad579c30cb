import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';

/** A new folder that is removed when the test that asked for it has finished. */
export function temporaryFolder(): string {
  return createFolder(onTestFinished);
}

/** A new folder that is removed after all tests of the file: for `beforeAll`. */
export function sharedTemporaryFolder(): string {
  return createFolder(afterAll);
}

function createFolder(onEnd: (remove: () => void) => void): string {
  const folder = mkdtempSync(join(tmpdir(), 'sweep-test-'));
  onEnd(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
