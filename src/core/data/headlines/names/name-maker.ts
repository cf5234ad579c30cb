import type { Generator } from '../../../random/generator.js';
import { pickEvenly } from '../zipf.js';
import { CULTURES, type CultureName } from './cultures.js';

const COMPANY_STARTS =
  'Acu Aero Alta Apex Arbo Aval Axi Bex Bril Cal Cene Cir Cora Cryo Dax Del Dyna Eco Ela Ento Evo Fer Fla Flu Gal Gen Gra Heli Hex Hyd Ido Inno Iri Jun Kal Kin Lum Lyn Mag Max Med Mir Neo Nim Nor Nova Nu Octa Omni Ori Pax Phy Pli Pro Quan Rex Sol Spec Stra Syn Tal Ter Tri Ultra Uni Val Vec Veri Vol Xan Zen Zyl'.split(
    ' ',
  );
const COMPANY_ENDS =
  'bria cor dex dyne fix gen gon lex line lith lumen lux mark max mera mont nex nova nyx ora pher plex pulse quest rant ris sphere stra tech tera tis tron vance vant vera via vion vista xis zon'.split(
    ' ',
  );

/** Makes names that are spelt as those of a country are; no name is made twice. */
export class NameMaker {
  readonly #generator: Generator;
  readonly #taken = new Set<string>();

  constructor(generator: Generator) {
    this.#generator = generator;
  }

  first(culture: CultureName): string {
    return pickEvenly(CULTURES[culture].first, this.#generator);
  }

  surname(culture: CultureName): string {
    const { starts, middles, surnameEnds } = CULTURES[culture];
    return this.#compose(starts, middles, surnameEnds);
  }

  town(culture: CultureName): string {
    const { starts, middles, townEnds } = CULTURES[culture];
    return this.#compose(starts, middles, townEnds);
  }

  company(): string {
    return this.#compose(COMPANY_STARTS, [''], COMPANY_ENDS);
  }

  /** Start + middle + end, not yet taken. The lists allow several times as many names as are asked for. */
  #compose(starts: readonly string[], middles: readonly string[], ends: readonly string[]): string {
    for (;;) {
      const parts = [starts, middles, ends].map((list) => pickEvenly(list, this.#generator));
      const name = parts.join('').replace(/(.)\1\1/gu, '$1$1');
      if (this.#taken.has(name)) continue;
      this.#taken.add(name);
      return name;
    }
  }
}
