import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HubCache } from '../../../../src/core/data/huggingface/cache.js';
import type { Hub } from '../../../../src/core/data/huggingface/hub.js';
import { temporaryFolder } from '../../../support/temporary-folder.js';

const sha = 'a'.repeat(40);

/** A hub that answers every question for a file with the same bytes. */
function hubWith(body: string, headers: Record<string, string> = {}): Hub {
  return {
    endpoint: 'https://hub.example',
    resolveRevision: () => Promise.resolve({ sha, files: [] }),
    openFile: () => Promise.resolve(new Response(body, { headers })),
  };
}

const fetchFile = (cache: HubCache, hub: Hub, file: string): Promise<string> =>
  cache.fetchFile(hub, { repository: 'owner/name', sha, file }, () => undefined);

describe('HubCache', () => {
  test('keeps a file at its place below the commit', async () => {
    const folder = temporaryFolder();
    const file = await fetchFile(new HubCache(folder), hubWith('rows'), 'data/train.parquet');
    expect(file).toBe(join(folder, sha, 'data', 'train.parquet'));
    expect(readFileSync(file, 'utf8')).toBe('rows');
  });

  test.each([
    '../../outside',
    'data/../../../outside',
    '/outside',
    'data/..\\outside',
    'a//b',
    '.',
  ])('refuses the name %j', async (file) => {
    const folder = temporaryFolder();
    await expect(
      fetchFile(new HubCache(join(folder, 'cache')), hubWith('x'), file),
    ).rejects.toThrow('the hub lists a file whose name leaves its folder');
    expect(existsSync(join(folder, 'outside'))).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['that says so', { 'content-length': '11' }],
    ['that does not say so', {}],
  ])(
    'refuses a file that is too large, from a hub %s, and leaves nothing of it',
    async (_, headers) => {
      const folder = temporaryFolder();
      const hub = hubWith('x'.repeat(11), headers);
      await expect(fetchFile(new HubCache(folder, 10), hub, 'data/file')).rejects.toThrow(
        'the file has more than 10 bytes',
      );
      expect(readdirSync(join(folder, sha, 'data'))).toEqual([]);
    },
  );
});
