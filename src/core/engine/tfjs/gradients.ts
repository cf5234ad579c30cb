import * as tf from '@tensorflow/tfjs-core';

type Gradient = (
  adjoint: tf.Tensor,
  saved: readonly tf.Tensor[],
  attributes: tf.NamedAttrMap,
) => Gradients;
type Gradients = Readonly<Record<string, () => tf.Tensor>>;

interface GradientRule {
  readonly kernel: string;
  /** Inputs that the rule reads, in the order in which it reads them. */
  readonly inputs?: readonly string[];
  /** Whether the rule reads the output, after the inputs. */
  readonly readsOutput?: boolean;
  readonly gradient: Gradient;
}

/**
 * Registers the gradients of the kernels that the model uses.
 *
 * The build of tfjs-core that Node loads holds the tape but no gradients: those come with the full `@tensorflow/tfjs`,
 * which tfjs-node-gpu brings. These replace them there, so that every backend differentiates by the same formulas.
 */
export function registerGradients(): void {
  for (const rule of [...ELEMENTWISE, ...REDUCING, ...ARRANGING, ...MATRIX])
    tf.registerGradient(configOf(rule));
}

function configOf({
  kernel,
  inputs = [],
  readsOutput = false,
  gradient,
}: GradientRule): tf.GradConfig {
  return {
    kernelName: kernel,
    inputsToSave: [...inputs],
    outputsToSave: [readsOutput],
    gradFunc: (adjoint, saved, attributes) => {
      if (Array.isArray(adjoint)) throw new Error(`${kernel} has one output`);
      return { ...gradient(adjoint, saved, attributes) };
    },
  };
}

const ELEMENTWISE: readonly GradientRule[] = [
  {
    kernel: tf.Add,
    inputs: ['a', 'b'],
    gradient: (adjoint, [a, b]) => ({
      a: () => sumToShape(adjoint, a!.shape),
      b: () => sumToShape(adjoint, b!.shape),
    }),
  },
  {
    kernel: tf.Sub,
    inputs: ['a', 'b'],
    gradient: (adjoint, [a, b]) => ({
      a: () => sumToShape(adjoint, a!.shape),
      b: () => sumToShape(tf.neg(adjoint), b!.shape),
    }),
  },
  {
    kernel: tf.Multiply,
    inputs: ['a', 'b'],
    gradient: (adjoint, [a, b]) => ({
      a: () => sumToShape(tf.mul(adjoint, b!), a!.shape),
      b: () => sumToShape(tf.mul(adjoint, a!), b!.shape),
    }),
  },
  {
    kernel: tf.Neg,
    gradient: (adjoint) => ({ x: () => tf.neg(adjoint) }),
  },
  {
    kernel: tf.Rsqrt, // ∂x = −½·x^(−3/2)·∂y = −½·y³·∂y
    readsOutput: true,
    gradient: (adjoint, [output]) => ({
      x: () => tf.mul(adjoint, tf.mul(-0.5, tf.mul(output!, tf.square(output!)))),
    }),
  },
  {
    kernel: tf.Erf, // ∂x = 2/√π·exp(−x²)·∂y
    inputs: ['x'],
    gradient: (adjoint, [x]) => ({
      x: () => tf.mul(adjoint, tf.mul(2 / Math.sqrt(Math.PI), tf.exp(tf.neg(tf.square(x!))))),
    }),
  },
];

const REDUCING: readonly GradientRule[] = [
  {
    kernel: tf.Sum,
    inputs: ['x'],
    gradient: (adjoint, [x], attributes) => {
      const axes = axesOf(attributes['axis'], x!.rank);
      const kept = x!.shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
      return { x: () => tf.mul(tf.reshape(adjoint, kept), tf.onesLike(x!)) };
    },
  },
  {
    kernel: tf.Softmax, // ∂x = y·(∂y − Σ y·∂y)
    readsOutput: true,
    gradient: (adjoint, [output]) => ({
      logits: () => {
        const scaled = tf.mul(adjoint, output!);
        return tf.sub(scaled, tf.mul(tf.sum(scaled, -1, true), output!));
      },
    }),
  },
  {
    kernel: tf.LogSoftmax, // ∂x = ∂y − softmax·Σ ∂y
    readsOutput: true,
    gradient: (adjoint, [output]) => ({
      logits: () => tf.sub(adjoint, tf.mul(tf.sum(adjoint, -1, true), tf.exp(output!))),
    }),
  },
];

const ARRANGING: readonly GradientRule[] = [
  {
    kernel: tf.Reshape,
    inputs: ['x'],
    gradient: (adjoint, [x]) => ({ x: () => tf.reshape(adjoint, x!.shape) }),
  },
  {
    kernel: tf.Transpose,
    gradient: (adjoint, _saved, attributes) => {
      const permutation = axesOf(attributes['perm'], adjoint.rank);
      const inverse = permutation.map((_, axis) => permutation.indexOf(axis));
      return { x: () => tf.transpose(adjoint, inverse) };
    },
  },
];

const MATRIX: readonly GradientRule[] = [
  {
    kernel: tf.BatchMatMul,
    inputs: ['a', 'b'],
    gradient: (adjoint, [a, b], { transposeA, transposeB }) => ({
      // Y = op(A)·op(B), so ∂op(A) = ∂Y·op(B)ᵀ and ∂op(B) = op(A)ᵀ·∂Y; transposed once more where op is
      a: () =>
        transposeA === true
          ? tf.matMul(b!, adjoint, transposeB === true, true)
          : tf.matMul(adjoint, b!, false, transposeB !== true),
      b: () =>
        transposeB === true
          ? tf.matMul(adjoint, a!, true, transposeA === true)
          : tf.matMul(a!, adjoint, transposeA !== true, false),
    }),
  },
];

/** Sums over the axes along which an operand was repeated. */
function sumToShape(adjoint: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, adjoint.shape);
  return tf.reshape(axes.length === 0 ? adjoint : tf.sum(adjoint, axes), shape);
}

/** Axes as an attribute states them: one, a list, or all when it is absent. */
function axesOf(attribute: tf.Attribute | null | undefined, rank: number): number[] {
  if (attribute === undefined || attribute === null)
    return Array.from({ length: rank }, (_, axis) => axis);
  const axes = Array.isArray(attribute) ? attribute.map(Number) : [Number(attribute)];
  return axes.map((axis) => (axis < 0 ? axis + rank : axis));
}
