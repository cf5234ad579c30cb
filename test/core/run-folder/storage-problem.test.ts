import { expect, test } from 'vitest';
import { storageProblem } from '../../../src/core/run-folder/storage-problem.js';

function systemError(code: string, path?: string): Error {
  return Object.assign(
    new Error(`${code}: something`),
    path === undefined ? { code } : { code, path },
  );
}

test.each([
  ['ENOSPC', 'the disk is full'],
  ['SQLITE_FULL', 'the disk is full'],
  ['EROFS', 'the file system is read-only'],
  ['SQLITE_READONLY_DIRECTORY', 'the file system is read-only'],
  ['EACCES', 'there is no permission to write'],
  ['SQLITE_IOERR_WRITE', 'the disk reports an error'],
])('%s: %s, with what to do', (code, message) => {
  const [diagnostic] = storageProblem(systemError(code, '/results/x'))!.diagnostics;
  expect(diagnostic).toMatchObject({ where: '/results/x', message });
  expect(diagnostic!.fix).toMatch(/\.$/);
});

test('another error stays what it is', () => {
  expect(storageProblem(systemError('ENOENT'))).toBe(null);
  expect(storageProblem(new Error('no code'))).toBe(null);
  expect(storageProblem('ENOSPC')).toBe(null);
});
