/**
 * Nats per character: the NLL of a text divided by its T − 1 predicted positions, over which the NLL is summed. All texts
 * of a run have T tokens, so the mean over the texts can be divided as well. Padding counts as characters here, as it does
 * in the NLL: the number is comparable between runs of one T, not with nats per character of texts without padding.
 *
 * @param nll nats per text, mean over the texts
 * @param tokens T, the length of a text in tokens, the start token included
 */
export function nllPerCharacter(nll: number, tokens: number): number {
  return nll / (tokens - 1);
}
