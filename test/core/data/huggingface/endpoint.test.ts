import { describe, expect, it } from 'vitest';
import { hubEndpoint } from '../../../../src/core/data/huggingface/endpoint.js';

describe('hubEndpoint', () => {
  it.each([
    [undefined, 'https://huggingface.co'],
    ['', 'https://huggingface.co'],
    ['https://mirror.example/hub/', 'https://mirror.example/hub'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:8080/', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('takes %j as %s', (setting, endpoint) => {
    expect(hubEndpoint(setting === undefined ? {} : { HF_ENDPOINT: setting })).toBe(endpoint);
  });

  it.each(['http://mirror.example', 'http://localhost.example', 'ftp://localhost', 'hub'])(
    'refuses %s',
    (setting) => {
      expect(() => hubEndpoint({ HF_ENDPOINT: setting })).toThrow(
        `HF_ENDPOINT  must be an https address (got "${setting}")\n` +
          '    Plain http is only allowed to localhost. Unset HF_ENDPOINT for https://huggingface.co.',
      );
    },
  );
});
