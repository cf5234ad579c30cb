import { expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.js';

/** A command, whatever its options. */
interface Helpful {
  configureOutput(output: { writeOut: (part: string) => void }): unknown;
  outputHelp(): void;
}

/** What `--help` prints, whole. */
function helpOf(command: Helpful): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text;
}

test('help names every command, and each command has a description and an example', () => {
  const program = createProgram();
  const help = helpOf(program);
  const names = program.commands.map((command) => command.name());
  for (const name of ['run', 'plan', 'why', 'ls', 'show', 'analyze', 'report', 'gc', 'schema'])
    expect(names).toContain(name);
  for (const command of program.commands) {
    expect(help).toMatch(new RegExp(`^  ${command.name()} `, 'm'));
    expect(command.description()).not.toBe('');
    const commands = command.commands.length === 0 ? [command] : [command, ...command.commands];
    expect(commands.map(helpOf).join('')).toMatch(/Examples?:\n {2}\$ sweep /);
  }
});
