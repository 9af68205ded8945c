import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { provisionEngine } from './provision.ts';
import type { EnginePin, PlatformPin } from './pins.ts';

/** For the tests that kill an installation: provisions the engine described in a JSON file. */
const [cache, description] = process.argv.slice(2);
if (cache === undefined || description === undefined) throw new Error('expected CACHE DESCRIPTION');
const Description = z.object({ pin: z.custom<EnginePin>(), platform: z.custom<PlatformPin>() });
const { pin, platform } = Description.parse(JSON.parse(readFileSync(description, 'utf8')));
console.log('begun');
await provisionEngine(pin, platform, cache, { line: (text) => console.log(text), draw: undefined });
