import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { describeMachine, load } from '../machine.js';

export const rowSchema = z.object({
  /** Part of the benchmark that it belongs to. */
  part: z.string(),
  what: z.string(),
  target: z.string(),
  measured: z.string(),
  /** Day, and load of the machine before it and after. */
  when: z.string(),
});

const FILE = new URL('../scale.json', import.meta.url);
const PAGE = new URL('../SCALE.md', import.meta.url);

/** Replaces the rows of the parts that were measured, keeps the others, and writes the page. */
export function writeResults(
  order: readonly string[],
  measured: readonly z.infer<typeof rowSchema>[],
): void {
  const earlier = existsSync(FILE)
    ? z.array(rowSchema).parse(JSON.parse(readFileSync(FILE, 'utf8')))
    : [];
  const parts = new Set(measured.map(({ part }) => part));
  const rows = order.flatMap((part) =>
    (parts.has(part) ? measured : earlier).filter((row) => row.part === part),
  );
  writeFileSync(FILE, `${JSON.stringify(rows, null, 2)}\n`);
  const { processor, cores, memoryGiB, node } = describeMachine(null, load());
  const lines = [
    '# The orchestrator, the store and the planner at size',
    '',
    `Written by \`npm run bench:scale\`: ${processor}, ${cores} cores, ${memoryGiB} GiB, Node ${node}. Times are of the whole program, its start included; memory is its peak. Targets of issue 4. README.md says what is measured how.`,
    '',
    '| what | target | measured | when |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => `| ${row.what} | ${row.target} | ${row.measured} | ${row.when} |`),
    '',
  ];
  writeFileSync(PAGE, lines.join('\n'));
}
