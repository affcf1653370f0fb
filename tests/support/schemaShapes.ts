import fc from 'fast-check'
import { channels, type ChannelName } from '../../src/shared/contract/index.ts'
import { z } from '../../src/shared/contract/schema.ts'

/** What we need of JSON Schema; zod writes it from the contract itself, so nothing here repeats the contract. */
export interface Shape {
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null'
  properties?: Record<string, Shape>
  additionalProperties?: boolean | Shape
  required?: string[]
  items?: Shape
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
  format?: string
  enum?: string[]
  const?: unknown
  anyOf?: Shape[]
}

export const names = Object.keys(channels) as ChannelName[]
export const shapeOf = (schema: z.ZodType, io: 'input' | 'output'): Shape =>
  oneType(z.toJSONSchema(schema, { io }) as Shape)
export const inputShape = (name: ChannelName): Shape => shapeOf(channels[name].input, 'input')
export const outputShape = (name: ChannelName): Shape => shapeOf(channels[name].output, 'output')

/** A nullable text comes as a shape of two types; written as a choice like every other nullable. */
function oneType(shape: Shape): Shape {
  const types: unknown = shape.type
  if (Array.isArray(types)) {
    return { anyOf: types.map((type: NonNullable<Shape['type']>) => oneType({ ...shape, type })) }
  }
  return {
    ...shape,
    ...(shape.items === undefined ? {} : { items: oneType(shape.items) }),
    ...(shape.anyOf === undefined ? {} : { anyOf: shape.anyOf.map(oneType) }),
    ...(shape.properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(shape.properties).map(([k, each]) => [k, oneType(each)]),
          ),
        }),
  }
}

/** Something of this shape. What a schema asks beyond its shape is asked of the schema itself, by whoever uses it. */
export function good(shape: Shape): fc.Arbitrary<unknown> {
  if (shape.anyOf !== undefined) return fc.oneof(...shape.anyOf.map(good))
  if (shape.const !== undefined) return fc.constant(shape.const)
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum)
  switch (shape.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(shape.properties ?? {}).map(([key, each]) => [key, good(each)])),
        { noNullPrototype: true },
      )
    case 'array': {
      const [minLength, maxLength] = [
        shape.minItems ?? 0,
        Math.min(shape.maxItems ?? 3, Math.max(3, shape.minItems ?? 0)),
      ]
      const selector = (each: unknown): unknown => (each as { key?: unknown }).key ?? {}
      const keyed = shape.items?.properties?.['key'] !== undefined
      const items = good(shape.items ?? {})
      return keyed
        ? fc.uniqueArray(items, { minLength, maxLength, selector })
        : fc.array(items, { minLength, maxLength })
    }
    case 'string':
      return goodString(shape)
    case 'integer':
      return fc.maxSafeInteger().map((n) => Math.min(shape.maximum ?? n, Math.max(shape.minimum ?? n, n)))
    case 'number':
      return fc.double({ min: shape.minimum ?? 0, max: shape.maximum ?? 1e6, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      throw new Error('a shape that this test does not know')
  }
}

function goodString(shape: Shape): fc.Arbitrary<string> {
  if (shape.format === 'uuid') return fc.uuid()
  if (shape.format === 'date') return fc.constantFrom('2024-02-29', '1999-12-31')
  if (shape.pattern !== undefined) {
    return fc.stringMatching(new RegExp(shape.pattern)).filter((s) => s.length <= (shape.maxLength ?? 1000))
  }
  const max = Math.min(shape.maxLength ?? 40, 40)
  return fc.string({ unit: 'grapheme-ascii', minLength: 0, maxLength: max - 1 }).map((s) => `w${s}`)
}

/** One full sample: every array has an item, nothing nullable is null. */
export function sample(shape: Shape): unknown {
  if (shape.anyOf !== undefined) return sample(shape.anyOf.find((s) => s.type !== 'null') ?? {})
  if (shape.type === 'object') {
    return Object.fromEntries(
      Object.entries(shape.properties ?? {}).map(([key, each]) => [key, sample(each)]),
    )
  }
  if (shape.type === 'array') {
    return Array.from({ length: Math.max(1, shape.minItems ?? 1) }, () => sample(shape.items ?? {}))
  }
  return fc.sample(good(shape), { numRuns: 1, seed: 7 })[0]
}

export type Path = readonly (string | number)[]

/** Every place in a value, the whole of it first. */
export function places(value: unknown, at: Path = []): Path[] {
  if (Array.isArray(value)) return [at, ...value.flatMap((item, place) => places(item, [...at, place]))]
  if (typeof value === 'object' && value !== null) {
    return [at, ...Object.entries(value).flatMap(([key, item]) => places(item, [...at, key]))]
  }
  return [at]
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((part, step) => (part as Record<string | number, unknown>)[step], value)
}

/** The value with something else at one place; the rest is copied on the way. */
export function replaced(value: unknown, path: Path, next: (old: unknown) => unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return next(value)
  if (Array.isArray(value))
    return value.map((item, n) => (n === step ? replaced(item, rest, next) : (item as unknown)))
  return Object.fromEntries(
    Object.entries(value as object).map(([key, item]) => [
      key,
      key === step ? replaced(item, rest, next) : item,
    ]),
  )
}
