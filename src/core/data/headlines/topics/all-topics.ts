import { business } from './business.js';
import { culture } from './culture.js';
import { diplomacy } from './diplomacy.js';
import { economy } from './economy.js';
import { education } from './education.js';
import { energy } from './energy.js';
import { health } from './health.js';
import { justice } from './justice.js';
import { politics } from './politics.js';
import { science } from './science.js';
import { sport } from './sport.js';
import { technology } from './technology.js';
import type { Topic } from './topic.js';
import { transport } from './transport.js';
import { weather } from './weather.js';

export const TOPICS: readonly Topic[] = [
  politics,
  sport,
  diplomacy,
  economy,
  business,
  technology,
  health,
  justice,
  weather,
  science,
  energy,
  transport,
  culture,
  education,
];
