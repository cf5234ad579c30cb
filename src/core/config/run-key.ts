import { createHash } from 'node:crypto';
import { canonicalize } from 'json-canonicalize';
import type { RunConfig } from './run-schema.js';

/**
 * Version of what a configuration means. Raise it when the same configuration would give another result (another
 * initialisation, another order of random draws), so that old runs are not taken for new ones.
 */
export const FORMAT_VERSION = 1;

/** Hex digits of the key that make a run's id: 48 bits, a collision in a million runs has a chance below 1 in 500. */
const ID_LENGTH = 12;

/**
 * Everything that can change a run's result, as plain JSON.
 *
 * The data source is replaced by the fingerprint of the texts it gives, so that the same texts from another place are
 * the same run, and changed texts in the same place are another one.
 *
 * @param dataFingerprint SHA-256 of the cleaned texts, hex; null for a run that only samples
 */
export function runIdentity(
  config: RunConfig,
  dataFingerprint: string | null,
): Record<string, unknown> {
  if (config.kind === 'sample') return { ...config, formatVersion: FORMAT_VERSION };
  return { ...config, dataset: dataFingerprint, formatVersion: FORMAT_VERSION };
}

/** SHA-256 (hex) over the canonical JSON (RFC 8785) of {@link runIdentity}: the same key is the same run. */
export function runKey(config: RunConfig, dataFingerprint: string | null): string {
  return createHash('sha256')
    .update(canonicalize(runIdentity(config, dataFingerprint)))
    .digest('hex');
}

/** The run id: the first 12 hex digits of its key. */
export function runId(key: string): string {
  return key.slice(0, ID_LENGTH);
}
