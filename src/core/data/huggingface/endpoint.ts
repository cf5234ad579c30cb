import { quoteValue, SweepError } from '../../errors.js';

const DEFAULT_ENDPOINT = 'https://huggingface.co';
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Address of the hub, without a slash at its end: `HF_ENDPOINT`, or the public hub.
 *
 * @throws SweepError `bad-call` if the address is not https; plain http is only allowed to this machine, because a token
 * may be sent along
 */
export function hubEndpoint(environment: NodeJS.ProcessEnv): string {
  const setting = environment['HF_ENDPOINT'];
  if (setting === undefined || setting === '') return DEFAULT_ENDPOINT;
  if (!URL.canParse(setting) || !isAllowed(new URL(setting))) {
    throw new SweepError('bad-call', {
      where: 'HF_ENDPOINT',
      message: `must be an https address (got ${quoteValue(setting)})`,
      fix: 'Plain http is only allowed to localhost. Unset HF_ENDPOINT for https://huggingface.co.',
    });
  }
  return setting.replace(/\/+$/u, '');
}

/** True for https, and for http to this machine. */
export function isAllowed(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
}
