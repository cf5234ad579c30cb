import { isScalar, parseDocument, Scalar } from 'yaml';
import { z } from 'zod';

/** What a definition says to its readers; it changes no run. */
export interface DefinitionProse {
  /** Paragraphs of its `description`. */
  readonly description: readonly string[];
  /** The `notes` of its runs, by the names in the file. */
  readonly notes: readonly { readonly run: string; readonly text: string }[];
}

const definitionSchema = z.object({
  description: z.string().default(''),
  runs: z.array(z.object({ name: z.string(), notes: z.string().optional() })).default([]),
});

/**
 * Reads what the database keeps of a definition. It was a valid one when its sweep was run; one that is none any more
 * says nothing.
 */
export function definitionProse(definitionText: string): DefinitionProse {
  const document = parseDocument(definitionText, { logLevel: 'silent', uniqueKeys: false });
  const { data } = definitionSchema.safeParse(valueOf(document));
  const node = document.get('description', true);
  // Only a literal text (|) has the line breaks of its file; in all others one is left where an empty line was.
  const isLiteral = isScalar(node) && node.type === Scalar.BLOCK_LITERAL;
  return {
    description: (data?.description ?? '').split(isLiteral ? /\n\s*\n/ : '\n').flatMap(lineOf),
    notes: (data?.runs ?? []).flatMap(({ name, notes }) =>
      lineOf(notes ?? '').map((text) => ({ run: name, text })),
    ),
  };
}

function valueOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.errors.length > 0 ? null : document.toJS();
  } catch {
    return null; // aliases that would multiply to gigabytes
  }
}

/** The lines of a paragraph as one; none for an empty one. */
function lineOf(paragraph: string): string[] {
  const line = paragraph.replaceAll(/\s+/g, ' ').trim();
  return line === '' ? [] : [line];
}
