/** What ONNX Runtime computes on. */
export type ProviderName = 'cpu' | 'webgpu' | 'cuda';

/** Which provider an engine uses. */
export interface ProviderChoice {
  /** @default 'cpu' */
  readonly provider?: ProviderName;
  /** Which of several CUDA devices, from 0; WebGPU has no choice from Node. @default 0 */
  readonly deviceIndex?: number;
  /** Accept a WebGPU adapter that computes on the CPU, such as SwiftShader: slow, for tests. @default false */
  readonly allowSoftwareAdapter?: boolean;
}
