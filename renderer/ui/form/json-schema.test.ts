import * as z from 'zod';
import { expect, test } from 'vitest';
import { fieldKind, type JsonSchema } from './json-schema.ts';

const schemaOf = (type: z.ZodType) => z.toJSONSchema(type, { io: 'input' }) as JsonSchema;

test.each([
  ['switch', z.boolean().default(true), { kind: 'boolean' }],
  ['one of', z.enum(['mean', 'median']), { kind: 'choice', options: ['mean', 'median'], nullable: false }],
  [
    'one of literals or none',
    z.union([z.literal('a'), z.literal('b'), z.null()]),
    { kind: 'choice', options: ['a', 'b'], nullable: true },
  ],
  ['whole number', z.int().min(1).default(5), { kind: 'number', whole: true, nullable: false, min: 1 }],
  ['share', z.number().min(0).max(1), { kind: 'number', whole: false, nullable: false, min: 0, max: 1 }],
  ['number or none', z.number().nullable(), { kind: 'number', whole: false, nullable: true }],
  ['text', z.string(), { kind: 'text', nullable: false }],
  ['one character or none', z.string().length(1).or(z.literal('')), { kind: 'text', nullable: false }],
  ['texts', z.array(z.string()), { kind: 'texts' }],
  ['some of', z.array(z.enum(['a', 'b'])), { kind: 'choices', options: ['a', 'b'] }],
  ['layers', z.array(z.int().min(1)), { kind: 'numbers', whole: true }],
  ['anything else', z.object({ a: z.string() }), { kind: 'json' }],
  ['number or text', z.union([z.number(), z.string()]), { kind: 'scalar', nullable: false }],
  ['number or text or none', z.union([z.number(), z.string(), z.null()]), { kind: 'scalar', nullable: true }],
  [
    'one of, or a map',
    z.union([z.enum(['none', 'balanced']), z.record(z.string(), z.number())]),
    { kind: 'choice-or-map', options: ['none', 'balanced'] },
  ],
  [
    'one of, or a text of some form',
    z.union([z.enum(['int64', 'utf8']), z.templateLiteral(['decimal(', z.int(), ')'])]),
    { kind: 'choice-or-text', options: ['int64', 'utf8'] },
  ],
  ['number or truth', z.union([z.number(), z.boolean()]), { kind: 'json' }],
])('%s', (_, type, kind) => {
  expect(fieldKind(schemaOf(type))).toEqual(kind);
});
