import { availableParallelism, totalmem } from 'node:os';

/** What this machine gives to runs and engines. */
export interface MachineResources {
  readonly cores: number;
  /** Memory that this process may use, in bytes; honours the limits of a container. */
  readonly memoryBytes: number;
}

/** Reads the machine's resources. */
export function readMachine(): MachineResources {
  const constrained = process.constrainedMemory();
  const total = totalmem();
  // 0 or an absurdly large number means that there is no limit.
  const memoryBytes = constrained > 0 && constrained < total ? constrained : total;
  return { cores: availableParallelism(), memoryBytes };
}
