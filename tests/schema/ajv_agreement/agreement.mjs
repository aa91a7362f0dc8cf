// Cases for the validator and for ajv: small schemas for each keyword, and the product's own schemas with every field
// given values of every kind. Exits 1 where the two disagree.
//
//   node agreement.mjs JUDGE SCHEMAS WORK
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';

const [judge, schemas, work] = process.argv.slice(2);
let compared = 0;
let failed = 0;

function fail(group, text, what) {
  failed += 1;
  if (failed <= 40) console.log(`${group}: ${text.slice(0, 300)}\n    ${what}`);
}

function judged(group, schemaFile, texts) {
  const file = join(work, `${group}.jsonl`);
  writeFileSync(file, texts.join('\n') + '\n');
  const lines = execFileSync(judge, [schemaFile, file], { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\n');
  lines.pop();
  if (lines.length !== texts.length) throw new Error(`${group}: ${texts.length} documents, ${lines.length} answers`);
  return lines;
}

// What ajv cannot know is left out of the comparison, and tested below by itself: the formats of manifests, and that
// the items of a list need ids of their own.
const ours = /^(malformed-.+|duplicate-id)$/;

function compare(group, schemaFile, texts) {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(readFileSync(schemaFile)));
  judged(group, schemaFile, texts).forEach((answer, i) => {
    compared += 1;
    const valid = answer.split(' ').every((code) => code === 'valid' || ours.test(code));
    if (validate(JSON.parse(texts[i])) === valid) return;
    fail(group, texts[i], `ajv: ${valid ? new Ajv2020().errorsText(validate.errors) : 'valid'}; scruple: ${answer}`);
  });
}

// ---- keyword by keyword

const anything = [
  'true', 'false', '0', '1', '-1', '1.0', '1e0', '1e2', '100', '1.5', '15e-1', '-0', '-0.0', '0.0', '1e-7', '2', '3', 
  '9007199254740991', '"x"', '"1"', '"a"', '"ab"', '"abc"', '"abcd"', '"A"', '"ABC"', '"ABC\\n"', '"\\nABC"', '"ABCD"', '"ÄBC"',
  '"é"', '"e\\u0301"', '"𝄞"', '"𝄞𝄞"', '"👩‍👩‍👧"', '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"', '[]', '[1]', '[1.0, 2]', '["a"]', '["a", "a"]', '[[]]', '[{}]',
  '[1, "a"]', '{}', '{"a": 1}', '{"a": 1.5}', '{"a": "x"}', '{"b": 1}', '{"a": 1, "b": 2}', '{"a": {"b": 1}}', '{"x-a": 1}',
  '{"X-a": 1}', '{"ax-a": 1}', '{"x-": []}', '{"x": 1}', '{"a": 1, "x-b": {}}', '{"": 1}', '{"kind": "a"}', '{"kind": "b"}',
  '{"kind": "c"}', '{"kind": "a", "n": 1}', '{"kind": "a", "n": "1"}', '{"kind": "b", "n": "1"}', '{"kind": "b", "n": 1}',
  '{"n": 1}', '{"kind": 1}',
];
const keywords = {
  'type-boolean': { type: 'boolean' },
  'type-integer': { type: 'integer' },
  'type-number': { type: 'number' },
  'type-string': { type: 'string' },
  'type-array': { type: 'array' },
  'type-object': { type: 'object' },
  'type-several': { type: ['integer', 'string'] },
  'no-type': { description: 'Anything.' },
  'enum-text': { type: 'string', enum: ['a', 'ABC', '𝄞'] },
  'enum-text-alone': { enum: ['a', 'abc'] },
  'enum-integers': { enum: [1, 2, 100] },
  'enum-reals': { enum: [1.5, 2.25] },
  'enum-written-otherwise': { type: 'integer', enum: [1.0, 1e2] },
  'const-integer': { const: 1 },
  'const-real': { const: 1.5 },
  'const-text': { const: 'a' },
  'const-boolean': { const: true },
  minimum: { type: 'number', minimum: 1 },
  'minimum-real': { type: 'number', minimum: 1.25 },
  'minimum-of-integers': { type: 'integer', minimum: 2 },
  maximum: { type: 'number', maximum: 1.5 },
  'minimum-and-maximum': { type: 'number', minimum: 0, maximum: 1 },
  minLength: { type: 'string', minLength: 1 },
  'minLength-2': { type: 'string', minLength: 2 },
  minItems: { type: 'array', minItems: 1 },
  'minItems-2': { type: 'array', minItems: 2 },
  pattern: { type: 'string', pattern: '^[A-Z]{3}$' },
  'pattern-plus': { type: 'string', pattern: '^a+$' },
  'pattern-star': { type: 'string', pattern: '^[a-z]*$' },
  'pattern-optional': { type: 'string', pattern: '^ab?c?$' },
  items: { type: 'array', items: { type: 'integer' } },
  'items-text': { type: 'array', items: { type: 'string', enum: ['a'] } },
  'items-of-lists': { type: 'array', items: { type: 'array' } },
  properties: { type: 'object', properties: { a: { type: 'integer' } } },
  closed: { type: 'object', properties: { a: { type: 'integer' } }, additionalProperties: false },
  required: { type: 'object', properties: { a: {}, b: {} }, required: ['a'] },
  'free-keys': { type: 'object', additionalProperties: { type: 'integer' } },
  'own-and-free-keys': { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: { type: 'integer' } },
  'x-keys': { type: 'object', properties: { a: {} }, patternProperties: { '^x-': {} }, additionalProperties: false },
  'open-with-x': { type: 'object', patternProperties: { '^x-': {} } },
  'nothing-allowed': { type: 'object', additionalProperties: false },
  reference: { $defs: { n: { type: 'integer', minimum: 1 } }, $ref: '#/$defs/n' },
  'reference-in-place': { $defs: { n: { type: 'integer' } }, type: 'object', properties: { a: { $ref: '#/$defs/n', description: 'N.' } } },
  'oneOf-kinds': { oneOf: [{ type: 'string' }, { type: 'object', properties: { a: { type: 'integer' } }, additionalProperties: false }] },
  'oneOf-three': { oneOf: [{ type: 'string', minLength: 2 }, { type: 'array', items: { type: 'object' } }, { type: 'object' }] },
  'oneOf-numbers': { oneOf: [{ type: 'integer', minimum: 1 }, { type: 'string' }] },
  'oneOf-told-apart': {
    type: 'object',
    oneOf: ['a', 'b'].map((kind) => ({
      type: 'object',
      required: ['kind'],
      properties: { kind: { const: kind }, n: { type: kind === 'a' ? 'integer' : 'string' } },
      additionalProperties: false,
    })),
  },
  'oneOf-in-items': { type: 'array', items: { oneOf: [{ type: 'string' }, { type: 'integer' }] } },
};
for (const [name, schema] of Object.entries(keywords)) {
  const file = join(work, `${name}.schema.json`);
  writeFileSync(file, JSON.stringify(schema));
  compare(name, file, anything);
}

// ---- every field of the product's schemas

// Raw JSON, since `1.0` and `1e2` must reach the validator as they are written.
const raw = (text) => ({ raw: text });
function write(value) {
  if (value !== null && typeof value === 'object') {
    if (typeof value.raw === 'string') return value.raw;
    if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
    return `{${Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${write(inner)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}

const probes = [
  'true', 'false', '0', '1', '-1', '2', '1.0', '1e2', '0.5', '1.5', '-0.5', '100', '1e18', '"x"', '"ABC"', '"abc"', '"A"', '"1"', '"true"',
  '"2026-03-01"', '"𝄞"', '[]', '["x"]', '[1]', '[{}]', '[[]]', '[true, "x"]', '[{"id": "x"}]', '[{"id": 1}]', '{}', '{"id": "x"}',
  '{"id": "x", "zz": 1}', '{"zz": 1}', '{"x-y": 1}', '{"path": "x"}', '{"path": 1}', '{"path": "x", "zz": 1}',
  '{"path": "x", "columns": {"a": "b"}}', '{"path": "x", "columns": {"a": 1}}', '{"path": "x", "delimiter": ";"}',
  '{"path": "x", "values": {"a": {"b": "c"}}}', '{"path": "x", "values": {"a": "b"}}', '[{"a": 1, "b": [1]}]',
];

class Fields {
  constructor(schema) {
    this.schema = schema;
    this.texts = [];
  }

  resolve(type) {
    if (!type.$ref) return type;
    let target = this.schema;
    for (const name of type.$ref.slice(2).split('/')) target = target[name];
    return { ...this.resolve(target), ...type, $ref: undefined };
  }

  // The smallest value of a type that is valid.
  smallest(given) {
    const type = this.resolve(given);
    if (type.const !== undefined) return type.const;
    if (type.enum) return type.enum[0];
    if (type.oneOf) return this.smallest(type.oneOf[0]);
    if (type.type === 'object') {
      return Object.fromEntries((type.required ?? []).map((name) => [name, this.smallest(type.properties[name])]));
    }
    if (type.type === 'array') return [];
    if (type.type === 'boolean') return true;
    if (type.type === 'integer' || type.type === 'number') return type.minimum ?? 1;
    return type.examples?.[0] ?? 'x';
  }

  // `wrap` puts a value of this type into a whole document.
  visit(given, wrap, depth = 0) {
    const type = this.resolve(given);
    const values = probes.map(raw);
    for (const value of type.enum ?? []) values.push(value, `${value} `, String(value).toUpperCase(), [value, value]);
    for (const bound of [type.minimum, type.maximum]) {
      if (bound !== undefined) values.push(bound, bound - 0.001, bound + 0.001, bound - 1, bound + 1);
    }
    for (const example of type.examples ?? []) values.push(example);
    values.push(this.smallest(type));
    for (const value of values) this.texts.push(write(wrap(value)));
    if (depth > 12) return;
    for (const alternative of type.oneOf ?? []) this.visit(alternative, wrap, depth + 1);
    for (const [name, property] of Object.entries(type.properties ?? {})) {
      this.visit(property, (value) => wrap({ ...this.smallest(type), [name]: value }), depth + 1);
    }
    if (type.items) this.visit(type.items, (value) => wrap([value]), depth + 1);
    if (typeof type.additionalProperties === 'object') {
      this.visit(type.additionalProperties, (value) => wrap({ free: value }), depth + 1);
    }
    if (type.type === 'object') {
      for (const name of ['zz', 'x-own', 'X-own', 'x-', '', 'Id', 'id ']) {
        this.texts.push(write(wrap({ ...this.smallest(type), [name]: 1 })));
      }
      for (const name of type.required ?? []) {
        const { [name]: _, ...rest } = this.smallest(type);
        this.texts.push(write(wrap(rest)));
      }
    }
  }
}

for (const name of ['manifest', 'config', 'pack']) {
  const file = join(schemas, `${name}.schema.json`);
  const schema = JSON.parse(readFileSync(file));
  const fields = new Fields(schema);
  const roots = schema.oneOf?.map((root) => fields.resolve(root)) ?? [schema];
  for (const root of roots) fields.visit(root, (value) => value);
  for (const text of ['[]', '"x"', '1', 'true', '{}', '{"scruple": 1}', '{"kind": "campaign"}', '{"kind": "organization"}',
    '{"scruple": 1.0, "kind": "organization"}', '{"scruple": 1e0, "kind": "organization"}', '{"scruple": "1", "kind": "organization"}',
    '{"scruple": true, "kind": "organization"}', '{"scruple": 2, "kind": "organization"}', '{"scruple": 1, "kind": "organisation"}',
    '{"scruple": 1, "kind": "organization", "campaign": {"id": "a"}}', '{"scruple": 1, "kind": "organization", "assets": []}',
    '{"scruple": 1, "kind": "campaign"}', '{"scruple": 1, "kind": "campaign", "campaign": {}}',
    '{"scruple": 1, "kind": "campaign", "campaign": {"id": "a"}, "x-y": {"z": [1]}}']) fields.texts.push(text);
  compare(name, file, [...new Set(fields.texts)]);
}

// ---- what ajv cannot know

const manifest = join(schemas, 'manifest.schema.json');
const campaign = (fields, rest = {}) => write({ scruple: 1, kind: 'campaign', campaign: { id: 'a', ...fields }, ...rest });
const known = [
  // What says nothing reads as absent: it breaks no type, and is missing where it is required.
  [campaign({ owner: null }), 'valid'],
  [campaign({ owner: '' }), 'valid'],
  [campaign({ status: ' ' }), 'valid'],
  [campaign({ status: 'TBD' }), 'valid'],
  [campaign({ launch_date: '?' }), 'valid'],
  [campaign({ markets: ['DE', null] }), 'valid'],
  [campaign({}, { assets: null }), 'valid'],
  [campaign({ id: null }), 'missing-field'],
  [campaign({ id: 'TODO' }), 'missing-field'],
  [campaign({}, { assets: [{ id: '-' }] }), 'missing-field'],
  // Formats.
  [campaign({ launch_date: '2028-02-29' }), 'valid'],
  [campaign({ launch_date: '2026-02-29' }), 'malformed-date'],
  [campaign({ launch_date: '16.03.2026' }), 'malformed-date'],
  [campaign({ markets: ['DE', 'US-CA', 'EU'] }), 'valid'],
  [campaign({ markets: ['XX'] }), 'malformed-market'],
  [campaign({ languages: ['de', 'en-GB'] }), 'valid'],
  [campaign({ languages: ['german'] }), 'malformed-language'],
  [campaign({}, { organization: { own_hosts: ['www.example.com'] } }), 'valid'],
  [campaign({}, { organization: { own_hosts: ['https://www.example.com/'] } }), 'malformed-host'],
  [campaign({}, { rights: { customer: { sale_opt_out_url: 'https://example.com/x' } } }), 'valid'],
  [campaign({}, { rights: { customer: { sale_opt_out_url: 'example' } } }), 'malformed-uri'],
  [campaign({}, { rights: { customer: { request_contact: 'privacy@example.com' } } }), 'valid'],
  [campaign({}, { rights: { customer: { request_contact: 'help desk' } } }), 'malformed-email-or-uri'],
  [campaign({}, { oversight: { approvals: [{ digests: { mail: 'abc' } }] } }), 'malformed-sha256'],
  // Ids.
  [campaign({}, { assets: [{ id: 'a' }, { id: 'b' }] }), 'valid'],
  [campaign({}, { assets: [{ id: 'a' }, { id: 'a' }] }), 'duplicate-id'],
  [campaign({}, { ai_systems: ['a', { id: 'a' }] }), 'duplicate-id'],
];
judged('known', manifest, known.map(([text]) => text)).forEach((answer, i) => {
  compared += 1;
  if (answer !== known[i][1]) fail('known', known[i][0], `expected: ${known[i][1]}; scruple: ${answer}`);
});

console.log(`${compared} cases compared, ${failed} of them differ`);
process.exit(failed === 0 ? 0 : 1);
