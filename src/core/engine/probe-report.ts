import { z } from 'zod';

const schema = z.discriminatedUnion('usable', [
  z.object({
    usable: z.literal(true),
    /** What computes there, such as `NVIDIA, Vulkan`, where that is known. */
    adapter: z.string().exactOptional(),
    /** Version of the library underneath; only with a measurement. */
    version: z.string().exactOptional(),
    /** Training speed on a small fixed model; only with a measurement. */
    tokensPerSecond: z.number().exactOptional(),
  }),
  z.object({ usable: z.literal(false), reason: z.string(), fix: z.string() }),
]);

/** What the process that tries a device says of it. */
export type ProbeReport = z.infer<typeof schema>;

/** The report in what such a process printed: its last line. Undefined when there is none. */
export function parseProbeReport(output: string): ProbeReport | undefined {
  const last = output.trimEnd().split('\n').at(-1) ?? '';
  try {
    return schema.safeParse(JSON.parse(last)).data;
  } catch {
    return undefined; // it printed something else and ended: the caller says how it ended
  }
}
