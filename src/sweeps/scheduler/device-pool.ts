import type { Device } from '../../core/engine/devices.js';

/** Spreads runs over devices: each goes to the one with the fewest at that moment, in their order. */
export class DevicePool {
  readonly #runs: Map<Device, number>;

  /** @param devices at least one */
  constructor(devices: readonly Device[]) {
    if (devices.length === 0) throw new Error('runs need at least one device');
    this.#runs = new Map(devices.map((device) => [device, 0]));
  }

  /**
   * Does something on a device, which counts as busy until the promise settles.
   *
   * @param device where it has to be done. @default the one with the fewest
   */
  async use<T>(work: (device: Device) => Promise<T>, device = this.#leastBusy()): Promise<T> {
    this.#change(device, 1);
    try {
      return await work(device);
    } finally {
      this.#change(device, -1);
    }
  }

  #leastBusy(): Device {
    return [...this.#runs].reduce((best, next) => (next[1] < best[1] ? next : best))[0];
  }

  #change(device: Device, by: number): void {
    this.#runs.set(device, (this.#runs.get(device) ?? 0) + by);
  }
}
