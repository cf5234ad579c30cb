/**
 * Has zod interpret schemas instead of compiling each to a function of its own at its first use, which takes longer than
 * checking the few documents that most commands read. To be imported before anything that makes a schema.
 */
import { z } from 'zod';

z.config({ jitless: true });
