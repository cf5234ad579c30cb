import { describe, expect, it } from 'vitest';
import { loadingReason } from '../../../../src/core/engine/tfjs/load-backend.js';

const node = process.versions.node;

describe('the reason why tfjs-node-gpu cannot be loaded', () => {
  it.each([
    [
      'an absent package',
      Object.assign(new Error("Cannot find package '@tensorflow/tfjs-node-gpu' imported from x"), {
        code: 'ERR_MODULE_NOT_FOUND',
      }),
      'the package is not installed',
    ],
    [
      'a native library that was never downloaded',
      new Error(
        'The Node.js native addon module (tfjs_binding.node) can not be found at path: x. \nPlease run …',
      ),
      'its native library is missing: it was not downloaded or built at installation',
    ],
    [
      'another version of CUDA',
      new Error('libcudart.so.11.0: cannot open shared object file: No such file or directory'),
      'the library libcudart.so.11.0 is missing: CUDA 11 and cuDNN 8 are needed',
    ],
    [
      'a build for another Node',
      new Error('The module x\nwas compiled against a different Node.js version using\n…'),
      `its native library is for another version of Node than ${node}`,
    ],
    [
      'a Node that dropped what it calls',
      new TypeError('(0, util_1.isNullOrUndefined) is not a function'),
      `it does not work with Node ${node}: (0, util_1.isNullOrUndefined) is not a function`,
    ],
    ['anything else', new Error('first line\nsecond line'), 'first line'],
  ])('is one line for %s', (_, error, reason) => {
    expect(loadingReason(error)).toBe(reason);
  });
});
