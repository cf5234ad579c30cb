import { recorded } from '../../provenance.js';
import type { SampleAnalysis } from '../../sample-analysis.js';
import type { RunAnalysis } from '../../sweep-analysis.js';
import { SAMPLE_MEASURES } from '../../tables/sample-table.js';
import { value, type Inline, type RichText } from '../inline.js';
import type { Block, ListBlock } from '../report.js';

/** Runs whose texts are put into words: of more the table and the figure tell. */
const MOST_RUNS = 3;

type Measure = (typeof SAMPLE_MEASURES)[number];

interface Measured {
  readonly sample: SampleAnalysis;
  readonly value: number;
  /** As it is shown. */
  readonly text: string;
}

/**
 * How each measure of the sampled texts moves with the temperature, in words with the numbers: from the lowest to the
 * highest temperature, and where in between it is higher or lower than at both. Nothing where no run has two
 * temperatures, or too many have.
 */
export function temperatureBlocks(all: readonly RunAnalysis[]): Block[] {
  const runs = all.filter(({ samples }) => samples.length > 1);
  if (runs.length === 0 || runs.length > MOST_RUNS) return [];
  return [{ kind: 'list', items: runs.flatMap((run) => itemsOf(run, runs.length > 1)) }];
}

function itemsOf({ id, name, samples }: RunAnalysis, isNamed: boolean): ListBlock['items'] {
  return SAMPLE_MEASURES.flatMap((measure) => {
    const text = courseText(id, measure, measured(measure, samples));
    const label = isNamed ? `${name}, ${measure.title}` : measure.title;
    return text === null ? [] : [{ label, text }];
  });
}

function measured({ key, digits }: Measure, samples: readonly SampleAnalysis[]): Measured[] {
  return samples.flatMap((sample) => {
    const found = sample[key];
    return found === null ? [] : [{ sample, value: found, text: found.toFixed(digits) }];
  });
}

/** By rising temperature. */
function courseText(run: string, { key }: Measure, course: readonly Measured[]): RichText | null {
  const [first] = course;
  const last = course.at(-1);
  if (first === undefined || last === undefined || first === last) return null;
  const number = ({ sample, text }: Measured): Inline =>
    value(text, recorded(run, `samples.${key} at temperature ${sample.temperature}`, sample));
  const at = ({ sample }: Measured): string => ` at temperature ${sample.temperature}`;
  if (course.every(({ text }) => text === first.text))
    return [number(first), ' at every temperature'];
  const verb = first.value < last.value ? 'rises' : 'falls';
  const ends: RichText =
    first.text === last.text
      ? [number(first), at(first), ' and', at(last)]
      : [`${verb} from `, number(first), at(first), ' to ', number(last), at(last)];
  const inside = [
    turningPoint('highest', course, (a, b) => b.value - a.value),
    turningPoint('lowest', course, (a, b) => a.value - b.value),
  ].flatMap((point): RichText => {
    if (point === null) return [];
    return [`; ${point.what}${at(point.of)}: `, number(point.of)];
  });
  return [...ends, ...inside];
}

/** The extreme value where it is neither of the ends, as far as they are shown. */
function turningPoint(
  what: string,
  course: readonly Measured[],
  order: (a: Measured, b: Measured) => number,
): { what: string; of: Measured } | null {
  const [extreme] = course.toSorted(order);
  const ends = [course[0]?.text, course.at(-1)?.text];
  return extreme === undefined || ends.includes(extreme.text) ? null : { what, of: extreme };
}
