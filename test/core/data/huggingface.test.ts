import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { huggingfaceDatasetSchema } from '../../../src/core/config/dataset-schema.js';
import { loadHuggingface } from '../../../src/core/data/huggingface.js';
import type { DataProgress, SourceTexts } from '../../../src/core/data/source.js';

const REPOSITORY = 'someone/news';
const REVISION_PATH = `/api/datasets/${REPOSITORY}/revision/refs%2Fconvert%2Fparquet`;
const SHA = '0123456789abcdef0123456789abcdef01234567';
const FILES = ['train', 'validation', 'test'].map((split) => `default/${split}/0000.parquet`);

/** A hub that serves what is in `files`, and can be made to refuse or to break off. */
let server: Server;
let endpoint: string;
let cacheFolder: string;
let requests: { url: string; authorization: string | undefined }[];
let files: Map<string, Buffer>;
let sha: string;
/** Statuses that are answered instead, by path. */
let refusals: Map<string, number>;
/** Where files are redirected to, if the hub does not serve them itself. */
let storageAddress: string | undefined;

beforeEach(async () => {
  cacheFolder = await mkdtemp(path.join(tmpdir(), 'sweep-hub-'));
  requests = [];
  refusals = new Map();
  storageAddress = undefined;
  sha = SHA;
  files = new Map(FILES.map((file) => [file, table({ text: [`${file} one`, 'two'] })]));
  server = createServer((request, response) => {
    const url = request.url ?? '';
    requests.push({ url, authorization: request.headers.authorization });
    const refusal = refusals.get(url);
    const prefix = `/datasets/${REPOSITORY}/resolve/${sha}/`;
    const file = url.startsWith(prefix) ? files.get(url.slice(prefix.length)) : undefined;
    if (refusal !== undefined) {
      response.writeHead(refusal).end();
    } else if (url === REVISION_PATH) {
      const siblings = [...files.keys()].map((rfilename) => ({ rfilename }));
      response.end(JSON.stringify({ sha, siblings: [...siblings, { rfilename: 'README.md' }] }));
    } else if (storageAddress !== undefined) {
      response.writeHead(302, { location: `${storageAddress}/blob` }).end();
    } else if (file !== undefined) {
      response.writeHead(200, { 'content-length': file.length }).end(file);
    } else {
      response.writeHead(404).end();
    }
  });
  endpoint = await listen(server);
});

afterEach(async () => {
  await close();
  await rm(cacheFolder, { recursive: true });
});

function table(columns: Readonly<Record<string, unknown[]>>): Buffer {
  const columnData = Object.entries(columns).map(([name, data]) => ({ name, data }));
  return Buffer.from(parquetWriteBuffer({ columnData }));
}

function listen(one: Server): Promise<string> {
  return new Promise((resolve) => {
    one.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(one.address() as AddressInfo).port}`);
    });
  });
}

function close(): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

function load(
  config: Record<string, unknown> = {},
  environment: NodeJS.ProcessEnv = {},
  onProgress: (progress: DataProgress) => void = () => undefined,
): Promise<SourceTexts> {
  return loadHuggingface(
    huggingfaceDatasetSchema.parse({ source: 'huggingface', repository: REPOSITORY, ...config }),
    { cacheFolder, onProgress, environment: { HF_ENDPOINT: endpoint, ...environment } },
  );
}

describe('loadHuggingface reads', () => {
  it('the texts of each split, from the files in order', async () => {
    files.set('default/train/0001.parquet', table({ text: ['three'] }));
    const { texts, warnings } = await load();
    expect(texts).toEqual({
      train: ['default/train/0000.parquet one', 'two', 'three'],
      val: ['default/validation/0000.parquet one', 'two'],
      test: ['default/test/0000.parquet one', 'two'],
    });
    expect(warnings).toEqual([]);
  });

  it('each field of a row as one text and counts null', async () => {
    for (const file of FILES) {
      files.set(file, table({ id: [1, 2], left: ['a', null], right: ['b', 'c'] }));
    }
    const { texts, warnings } = await load({ fields: ['left', 'right'] });
    expect(texts.train).toEqual(['a', 'b', 'c']);
    expect(warnings).toHaveLength(3);
    expect(warnings[0]).toEqual({
      count: 1,
      message: 'values were null and were left out',
      where: `${REPOSITORY}@refs/convert/parquet train`,
    });
  });

  it('and reports the bytes of each download', async () => {
    const reports: DataProgress[] = [];
    await load({}, {}, (progress) => reports.push(progress));
    const total = files.get(FILES[0]!)!.length;
    expect(reports).toContainEqual({
      message: `downloading ${REPOSITORY}/default/train/0000.parquet`,
      done: total,
      total,
    });
  });

  it('and sends the token if there is one', async () => {
    await load({}, { HF_TOKEN: 'secret' });
    expect(new Set(requests.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer secret']),
    );
  });
});

describe('loadHuggingface follows', () => {
  it('a redirect to another host, to which it does not send the token', async () => {
    const tokens: (string | undefined)[] = [];
    const storage = createServer((request, response) => {
      tokens.push(request.headers.authorization);
      response.end(table({ text: ['stored elsewhere'] }));
    });
    storageAddress = await listen(storage);
    const { texts } = await load({}, { HF_TOKEN: 'secret' });
    storage.close();
    expect(texts.train).toEqual(['stored elsewhere']);
    expect(tokens).toEqual([undefined, undefined, undefined]);
  });
});

describe('loadHuggingface keeps what it downloaded', () => {
  it('and asks only for the revision the second time', async () => {
    const first = await load();
    requests = [];
    expect(await load()).toEqual(first);
    expect(requests.map(({ url }) => url)).toEqual([REVISION_PATH]);
  });

  it('and downloads a new commit when the branch moves', async () => {
    await load();
    sha = SHA.replaceAll('0', 'f');
    files.set(FILES[0]!, table({ text: ['new'] }));
    expect((await load()).texts.train).toEqual(['new']);
  });

  it('and uses the last commit with a warning when the hub is gone', async () => {
    const first = await load();
    await close();
    const { texts, warnings } = await load();
    expect(texts).toEqual(first.texts);
    expect(warnings).toEqual([
      {
        count: 1,
        message: `revision could not be checked because ${endpoint} cannot be reached; commit 0123456 of the last time is used`,
        where: `${REPOSITORY}@refs/convert/parquet`,
      },
    ]);
  });

  it('and needs no hub for a commit that it has', async () => {
    await load();
    await close();
    expect((await load({ revision: SHA })).warnings).toEqual([]);
  });

  it('and leaves no partial file when a download breaks off', async () => {
    const whole = files.get(FILES[0]!)!;
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (request.url === REVISION_PATH) {
        const siblings = FILES.map((rfilename) => ({ rfilename }));
        response.end(JSON.stringify({ sha, siblings }));
        return;
      }
      response.writeHead(200, { 'content-length': whole.length });
      response.write(whole.subarray(0, 100), () => response.destroy());
    });
    await expect(load()).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining(
        'the hub cannot be reached: the download broke off',
      ) as string,
    });
    const left = await readdir(path.join(cacheFolder, 'huggingface'), { recursive: true });
    expect(left.filter((name) => /\.(?:part|parquet)$/.test(name))).toEqual([]);
  });

  it('and asks again when its list of revisions is damaged', async () => {
    const first = await load();
    await writeFile(
      path.join(cacheFolder, 'huggingface', REPOSITORY, 'revisions.json'),
      '{"broken',
    );
    expect(await load()).toEqual(first);
  });
});

describe('loadHuggingface explains', () => {
  it('that the hub cannot be reached', async () => {
    await close();
    const port = new URL(endpoint).port;
    await expect(load()).rejects.toMatchObject({
      code: 'unreachable',
      message:
        `${endpoint}${REVISION_PATH}  the hub cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}\n` +
        '    Check the connection and HF_ENDPOINT. Offline, a data set that was loaded before is read from its cache; ' +
        'or download it elsewhere and use the source `file`.',
    });
  });

  it.each([500, 503])('that the hub answers %i', async (status) => {
    refusals.set(REVISION_PATH, status);
    await expect(load()).rejects.toMatchObject({
      code: 'unreachable',
      message:
        `${endpoint}${REVISION_PATH}  the hub cannot be reached: it answered HTTP ${status}\n` +
        '    Check the connection and HF_ENDPOINT. Offline, a data set that was loaded before is read from its cache; ' +
        'or download it elsewhere and use the source `file`.',
    });
  });

  it('that something else than a hub answers', async () => {
    server.removeAllListeners('request');
    server.on('request', (_, response) => response.end('{"sha":"main"}'));
    await expect(load()).rejects.toMatchObject({
      code: 'unreachable',
      message:
        `${endpoint}${REVISION_PATH}  the hub cannot be reached: it answered something else than a data set\n` +
        '    Check the connection and HF_ENDPOINT. Offline, a data set that was loaded before is read from its cache; ' +
        'or download it elsewhere and use the source `file`.',
    });
  });

  it.each([401, 403])('that access is refused with %i', async (status) => {
    refusals.set(REVISION_PATH, status);
    await expect(load()).rejects.toMatchObject({
      code: 'unreachable',
      message:
        `${REPOSITORY}@refs/convert/parquet  the hub refused access (HTTP ${status})\n` +
        '    The data set is private or gated, or does not exist: accept its terms on the hub and set HF_TOKEN to a token that may read it.',
    });
  });

  it('that the data set does not exist', async () => {
    await expect(load({ repository: 'someone/else' })).rejects.toMatchObject({
      message:
        'someone/else@refs/convert/parquet  the hub has no such data set or revision (HTTP 404)\n' +
        '    Check dataset.repository (owner/name) and dataset.revision; if it is private, set HF_TOKEN. ' +
        `Tried ${endpoint}/api/datasets/someone/else/revision/refs%2Fconvert%2Fparquet`,
    });
  });

  it('a missing configuration before it downloads anything', async () => {
    await expect(load({ config: 'en' })).rejects.toMatchObject({
      message:
        `${REPOSITORY}@refs/convert/parquet  has no configuration "en"\n` +
        '    It has "default": name one in dataset.config.',
    });
    expect(requests).toHaveLength(1);
  });

  it('a missing column', async () => {
    const file = path.join(cacheFolder, 'huggingface', REPOSITORY, SHA, FILES[0]!);
    await expect(load({ fields: ['title'] })).rejects.toMatchObject({
      code: 'bad-data',
      message:
        `${file}  has no field "title"\n` +
        '    It has "text": name one or more of them in dataset.fields.',
    });
  });

  it('a column that holds no texts', async () => {
    files.set(FILES[0]!, table({ text: [1n, 2n] }));
    const file = path.join(cacheFolder, 'huggingface', REPOSITORY, SHA, FILES[0]!);
    await expect(load()).rejects.toMatchObject({
      message:
        `${file}  column "text" must hold texts (got 1)\n` +
        '    Name a column of texts in dataset.fields.',
    });
  });

  it('a file that is no Parquet file', async () => {
    files.set(FILES[0]!, Buffer.from('<html>not a table</html>'));
    const file = path.join(cacheFolder, 'huggingface', REPOSITORY, SHA, FILES[0]!);
    await expect(load()).rejects.toMatchObject({
      code: 'bad-data',
      message:
        `${file}  cannot be read as Parquet: parquet file invalid (footer != PAR1)\n` +
        '    Delete the file to download it again.',
    });
  });

  it('a compression that it cannot read', async () => {
    const columnData = [{ name: 'text', data: ['a', 'b'] }];
    const compressors = { ZSTD: (input: Uint8Array) => input };
    files.set(
      FILES[0]!,
      Buffer.from(parquetWriteBuffer({ columnData, codec: 'ZSTD', compressors })),
    );
    const file = path.join(cacheFolder, 'huggingface', REPOSITORY, SHA, FILES[0]!);
    await expect(load()).rejects.toMatchObject({
      message:
        `${file}  is compressed with ZSTD; only Snappy and no compression can be read\n` +
        '    Use the revision refs/convert/parquet, which the hub writes with Snappy, or convert the data set and use the source `file`.',
    });
  });

  it.each(['../escape', 'a/b/c', 'a/..', 'https://x.example/a'])(
    'that %s is no name of a data set',
    async (repository) => {
      await expect(load({ repository })).rejects.toMatchObject({
        code: 'bad-definition',
        message:
          `dataset.repository  must be owner/name (got "${repository}")\n` +
          '    Copy it from the title of the data set on the hub, such as IlyaGusev/headline_cause.',
      });
      expect(requests).toEqual([]);
    },
  );
});
