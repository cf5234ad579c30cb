import { z } from 'zod';
import { messageOf, SweepError } from '../../errors.js';
import { hubEndpoint, isAllowed } from './endpoint.js';

/** A fixed state of a data set on the hub. */
export interface Revision {
  /** The commit, 40 hexadecimal digits. */
  readonly sha: string;
  /** Paths of all files in it. */
  readonly files: readonly string[];
}

/** Which data set, and which branch, tag or commit of it. */
export interface RepositoryReference {
  readonly repository: string;
  readonly revision: string;
}

/** The part of the hub's HTTP interface that is used here. */
export interface Hub {
  readonly endpoint: string;
  /** @throws SweepError `unreachable`; see {@link HubOffline} */
  resolveRevision(reference: RepositoryReference): Promise<Revision>;
  /** Open a file for reading; the caller must consume the body. @throws SweepError `unreachable` */
  openFile(repository: string, sha: string, file: string): Promise<Response>;
}

/** The hub did not answer, or not sensibly: a cached copy may be used instead. A refusal is a plain SweepError. */
export class HubOffline extends SweepError {}

/** A listing takes less than a second; downloads have no limit as long as bytes come. */
const LISTING_TIMEOUT_MS = 30_000;

const revisionSchema = z.object({
  sha: z.string().regex(/^[0-9a-f]{40}$/),
  siblings: z.array(z.object({ rfilename: z.string() })),
});

/** The hub at `HF_ENDPOINT` (default https://huggingface.co), with the token of `HF_TOKEN` if there is one. */
export function createHub(environment: NodeJS.ProcessEnv): Hub {
  const endpoint = hubEndpoint(environment);
  const token = environment['HF_TOKEN'];
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (token !== undefined && token !== '') headers['authorization'] = `Bearer ${token}`;

  return {
    endpoint,
    async resolveRevision(reference) {
      const { repository, revision } = reference;
      const url = `${endpoint}/api/datasets/${repository}/revision/${encodeURIComponent(revision)}`;
      const signal = AbortSignal.timeout(LISTING_TIMEOUT_MS);
      const response = await request(url, { headers, signal }, reference);
      const answer = revisionSchema.safeParse(await readJson(response, url));
      if (!answer.success) throw offline(url, 'it answered something else than a data set');
      const { sha, siblings } = answer.data;
      return { sha, files: siblings.map(({ rfilename }) => rfilename) };
    },
    openFile(repository, sha, file) {
      const name = file.split('/').map(encodeURIComponent).join('/');
      const url = `${endpoint}/datasets/${repository}/resolve/${sha}/${name}`;
      return request(url, { headers }, { repository, revision: sha });
    },
  };
}

async function request(
  url: string,
  init: RequestInit,
  reference: RepositoryReference,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    throw offline(url, reasonOf(error), error);
  }
  // fetch follows redirects to where the file lies and drops the token when the host changes.
  if (!isAllowed(new URL(response.url))) throw offline(url, 'it redirected to plain http');
  if (response.ok) return response;
  await response.body?.cancel();
  throw refusal(response.status, url, reference);
}

async function readJson(response: Response, url: string): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    throw offline(url, `its answer cannot be read (${messageOf(error)})`, error);
  }
}

/** fetch says only "fetch failed"; what happened is in its cause. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return messageOf(cause instanceof Error && cause.message !== '' ? cause : error);
}

/** The error of a hub that cannot be used now. */
export function offline(url: string, reason: string, cause?: unknown): HubOffline {
  return new HubOffline(
    'unreachable',
    {
      where: url,
      message: `the hub cannot be reached: ${reason}`,
      fix:
        'Check the connection and HF_ENDPOINT. Offline, a data set that was loaded before is read from its cache; ' +
        'or download it elsewhere and use the source `file`.',
    },
    { cause },
  );
}

function refusal(
  status: number,
  url: string,
  { repository, revision }: RepositoryReference,
): SweepError {
  const where = `${repository}@${revision}`;
  switch (status) {
    case 401:
    case 403:
      return new SweepError('unreachable', {
        where,
        message: `the hub refused access (HTTP ${status})`,
        fix: 'The data set is private or gated, or does not exist: accept its terms on the hub and set HF_TOKEN to a token that may read it.',
      });
    case 404:
      return new SweepError('unreachable', {
        where,
        message: 'the hub has no such data set or revision (HTTP 404)',
        fix: `Check dataset.repository (owner/name) and dataset.revision; if it is private, set HF_TOKEN. Tried ${url}`,
      });
    default:
      return offline(url, `it answered HTTP ${status}`);
  }
}
