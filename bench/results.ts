import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { report } from './report.js';
import { type Session, sessionSchema } from './session.js';

const resultsSchema = z.object({ formatVersion: z.literal(1), sessions: z.array(sessionSchema) });

const JSON_FILE = new URL('results.json', import.meta.url);
const PAGE = new URL('RESULTS.md', import.meta.url);

/** Writes both files: rows of earlier sessions stay until the same thing is measured again. */
export function writeResults(latest: Session): void {
  const isNew = new Set(latest.rows.map(keyOf));
  const earlier = readSessions()
    .map((session) => ({ ...session, rows: session.rows.filter((row) => !isNew.has(keyOf(row))) }))
    .filter(({ rows }) => rows.length > 0);
  const sessions = [...earlier, latest];
  writeFileSync(JSON_FILE, `${JSON.stringify({ formatVersion: 1, sessions }, null, 2)}\n`);
  writeFileSync(PAGE, report(sessions));
}

function readSessions(): readonly Session[] {
  if (!existsSync(JSON_FILE)) return [];
  return resultsSchema.parse(JSON.parse(readFileSync(JSON_FILE, 'utf8'))).sessions;
}

function keyOf({ what, budget }: Session['rows'][number]): string {
  return `${what}/${budget}`;
}
