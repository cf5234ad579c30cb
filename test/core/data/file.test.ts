import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileDatasetSchema } from '../../../src/core/config/dataset-schema.js';
import { loadFile } from '../../../src/core/data/file.js';
import type { SourceTexts } from '../../../src/core/data/source.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sweep-file-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

function load(config: Record<string, unknown>): Promise<SourceTexts> {
  return loadFile(fileDatasetSchema.parse({ source: 'file', ...config }), folder);
}

async function put(name: string, content: string | Buffer): Promise<string> {
  await writeFile(path.join(folder, name), content);
  return path.join(folder, name);
}

/** Three files of the same kind, of which only the one for training matters. */
async function loadAsTraining(
  content: string | Buffer,
  extension: string,
  config = {},
): Promise<SourceTexts> {
  await put(`train.${extension}`, content);
  await put('other.txt', 'other\n');
  const files = { train: `train.${extension}`, val: 'other.txt', test: 'other.txt' };
  return load({ files, ...config });
}

describe('loadFile reads', () => {
  it('a text for each line of .txt, with Windows line ends and a byte order mark', async () => {
    const { texts } = await loadAsTraining('\uFEFFone\r\n\r\ntwo\r\n', 'txt');
    expect(texts).toEqual({ train: ['one', 'two'], val: ['other'], test: ['other'] });
  });

  it('named fields or bare strings of .jsonl and counts null', async () => {
    const lines = [
      '{"a":"1","b":"2","c":3}',
      '',
      '"bare"',
      '{"a":null,"b":"4"}',
      '{"a":null,"b":null}',
    ];
    const { texts, warnings } = await loadAsTraining(lines.join('\n'), 'jsonl', {
      fields: ['b', 'a'],
    });
    expect(texts.train).toEqual(['2', '1', 'bare', '4']);
    expect(warnings).toEqual([
      {
        count: 3,
        message: 'values were null and were left out',
        where: path.join(folder, 'train.jsonl'),
      },
    ]);
  });

  it('named columns of .csv, also with quotes, commas and line breaks', async () => {
    const content = 'id,text\n1,"a, ""b"""\n2,"two\nlines"\n';
    expect((await loadAsTraining(content, 'csv')).texts.train).toEqual(['a, "b"', 'two\nlines']);
  });

  it('an absolute path as it is', async () => {
    const file = await put(
      'all.txt',
      Array.from({ length: 10 }, (_, index) => `t${index}`).join('\n'),
    );
    expect((await load({ path: file })).texts.train).toHaveLength(8);
  });
});

describe('loadFile splits', () => {
  const lines = Array.from({ length: 50 }, (_, index) => `t${index}`);

  it('by fraction and seed, without losing or repeating a text', async () => {
    await put('all.txt', lines.join('\n'));
    const split = { val: 0.2, test: 0.1, seed: 3 };
    const { texts } = await load({ path: 'all.txt', split });
    expect([texts.train.length, texts.val.length, texts.test.length]).toEqual([35, 10, 5]);
    expect([...texts.train, ...texts.val, ...texts.test].sort()).toEqual([...lines].sort());
    expect((await load({ path: 'all.txt', split })).texts).toEqual(texts);
    expect((await load({ path: 'all.txt', split: { ...split, seed: 4 } })).texts).not.toEqual(
      texts,
    );
  });

  it('whole rows, so that texts of one row stay together', async () => {
    await put('all.csv', `a,b\n${lines.map((line) => `${line},${line}`).join('\n')}`);
    const { texts } = await load({ path: 'all.csv', fields: ['a', 'b'] });
    expect(texts.train.filter((text) => texts.val.includes(text))).toEqual([]);
    expect(texts.val).toHaveLength(10);
  });
});

describe('loadFile explains', () => {
  it('a missing file', async () => {
    await expect(load({ path: 'no/such.txt' })).rejects.toMatchObject({
      code: 'bad-data',
      message:
        `${path.join(folder, 'no/such.txt')}  does not exist\n` +
        '    A relative path is resolved against the folder of the definition file.',
    });
  });

  it('a folder in place of a file', async () => {
    await expect(load({ path: '.' })).rejects.toMatchObject({
      message:
        `${folder}  must be a .txt, .jsonl or .csv file (got "")\n` +
        '    Convert it, or rename it if only its extension is wrong.',
    });
  });

  it('an unknown extension', async () => {
    await expect(load({ path: 'texts.xlsx' })).rejects.toMatchObject({
      message:
        `${path.join(folder, 'texts.xlsx')}  must be a .txt, .jsonl or .csv file (got ".xlsx")\n` +
        '    Convert it, or rename it if only its extension is wrong.',
    });
  });

  it.each([
    ['txt', ''],
    ['txt', ' \n\n'],
    ['csv', 'text\n'],
    ['jsonl', '{"text":null}'],
  ])('a .%s file without texts: %j', async (extension, content) => {
    await expect(loadAsTraining(content, extension)).rejects.toMatchObject({
      message:
        `${path.join(folder, `train.${extension}`)}  has no texts\n` +
        '    Check that the path is right and that the file was written completely.',
    });
  });

  it.each([
    ['jsonl', '{"text":"a"}\n{"title":"b","id":1}', 2, '"title", "id"'],
    ['jsonl', '{}', 1, 'no fields'],
    ['csv', 'id,title\n1,b\n', 1, '"id", "title"'],
  ])('a missing field of .%s %j', async (extension, content, line, existing) => {
    await expect(loadAsTraining(content, extension)).rejects.toMatchObject({
      code: 'bad-data',
      message:
        `${path.join(folder, `train.${extension}`)}:${line}  has no field "text"\n` +
        `    It has ${existing}: name one or more of them in dataset.fields.`,
    });
  });

  it('a line that is not JSON', async () => {
    await expect(loadAsTraining('{"text":"a"}\n{"text":\n', 'jsonl')).rejects.toMatchObject({
      message:
        `${path.join(folder, 'train.jsonl')}:2  is not valid JSON: Unexpected end of JSON input\n` +
        '    Each line of a .jsonl file must be one complete JSON value.',
    });
  });

  it('a line that is neither object nor string', async () => {
    await expect(loadAsTraining('[1,2]', 'jsonl')).rejects.toMatchObject({
      message:
        `${path.join(folder, 'train.jsonl')}:1  must be an object or a string (got [1,2])\n` +
        '    Write one JSON object a line, such as {"text": "..."}.',
    });
  });

  it('a field that is no string', async () => {
    await expect(loadAsTraining('{"text":7}', 'jsonl')).rejects.toMatchObject({
      message:
        `${path.join(folder, 'train.jsonl')}:1  field "text" must be a string (got 7)\n` +
        '    Name a field that holds texts in dataset.fields.',
    });
  });

  it('a record of .csv with too many fields', async () => {
    await expect(loadAsTraining('id,text\n1,a,b\n', 'csv')).rejects.toMatchObject({
      message:
        `${path.join(folder, 'train.csv')}:2  is not valid CSV: Invalid Record Length: expect 2, got 3 on line 2\n` +
        '    Put a text that holds a comma, a quote or a line break in double quotes.',
    });
  });

  it('bytes that are not UTF-8', async () => {
    const content = Buffer.concat([
      Buffer.from('één\ncaf'),
      Buffer.from([0xe9]),
      Buffer.from('s\n'),
    ]);
    await expect(loadAsTraining(content, 'txt')).rejects.toMatchObject({
      code: 'bad-data',
      message:
        `${path.join(folder, 'train.txt')}:2  must be UTF-8 (byte 9 is 0xe9)\n` +
        '    Save the file as UTF-8, for example: iconv -f LATIN1 -t UTF-8 in.txt > out.txt',
    });
  });

  it('too few texts for the split', async () => {
    await put('all.txt', 'a\nb\n');
    await expect(load({ path: 'all.txt' })).rejects.toMatchObject({
      message:
        `${path.join(folder, 'all.txt')}  has too few texts to split: 2 would give 2 for training, 0 for validation and 0 for the test\n` +
        '    Each split needs at least one: add texts, or change dataset.split.',
    });
  });

  it('fractions that leave nothing for training', async () => {
    await put('all.txt', 'a\nb\n');
    await expect(load({ path: 'all.txt', split: { val: 0.5, test: 0.6 } })).rejects.toMatchObject({
      code: 'bad-definition',
      message:
        'dataset.split  val + test must be less than 1 (got 0.5 + 0.6)\n' +
        '    The rest is for training: leave some.',
    });
  });

  it.each([
    [{}, 'neither'],
    [{ path: 'a.txt', files: { train: 'a', val: 'b', test: 'c' } }, 'both'],
  ])('a definition that names %j', async (config, got) => {
    await expect(load(config)).rejects.toMatchObject({
      code: 'bad-definition',
      message:
        `dataset  must have either \`path\` or \`files\` (got ${got})\n` +
        '    Use `path` for one file that is split here, or `files` with train, val and test.',
    });
  });
});
