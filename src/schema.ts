/**
 * Reading what somebody else wrote - the service, a file, a page, a person - by schemas of valibot: one line a field, from which
 * its type follows (`Output`), so that type and check cannot drift apart. No vscode; pages import types only.
 */
import * as v from 'valibot';

/** What a schema gives, to be read only. */
export type Output<S extends v.GenericSchema> = ReadonlyDeep<v.InferOutput<S>>;

type ReadonlyDeep<T> = T extends object ? { readonly [K in keyof T]: ReadonlyDeep<T[K]> } : T;

export type JsonObject = Readonly<Record<string, unknown>>;

/** Nothing is gained by a second mistake: the rest is not looked at. */
const FIRST_MISTAKE = { abortEarly: true } as const;

/** The last millisecond that is a date: what is beyond throws when it is shown. */
const LAST_DATE_MS = 8.64e15;

/** An object as JSON has it, its fields as they came; no list. */
export const JSON_OBJECT = v.custom<JsonObject>(isObject);

/** A number of things: 0, 1, 2... One check for three, as a record of 50,000 people has a hundred thousand of them. */
export const COUNT = v.custom<number>((value) => Number.isSafeInteger(value) && (value as number) >= 0);

/** Milliseconds since 1970 that can be shown as a date. */
export const TIME_MS = v.pipe(v.number(), v.minValue(0), v.maxValue(LAST_DATE_MS));

/** A text with something in it. */
export const FILLED = v.pipe(v.string(), v.nonEmpty());

/** An id made by this extension, safe as a file's name. */
export const UUID = v.pipe(v.string(), v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i));

export function isUuid(value: unknown): value is string {
  return v.is(UUID, value);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads a value by a schema.
 *
 * @returns undefined for anything that does not fit; never throws
 */
export function readAs<S extends v.GenericSchema>(schema: S, value: unknown): Output<S> | undefined {
  const found = v.safeParse(schema, value, FIRST_MISTAKE);
  return found.success ? (found.output as Output<S>) : undefined;
}

/** Reads values by this schema, as `readAs`. */
export function readerOf<S extends v.GenericSchema>(schema: S): (value: unknown) => Output<S> | undefined {
  return (value) => readAs(schema, value);
}

/**
 * Reads an object by a schema, or says which of the schema's fields is the first that is missing or wrong: a name of ours, which
 * quotes nothing. Empty: it is no object at all.
 */
export function readOrField<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
): { readonly output: Output<S> } | { readonly wrong: string } {
  if (!isObject(value)) return { wrong: '' };
  const found = v.safeParse(schema, value, FIRST_MISTAKE);
  if (found.success) return { output: found.output as Output<S> };
  const key = found.issues[0].path?.[0]?.key;
  return { wrong: typeof key === 'string' ? key : '' };
}

/** A list, without the entries that do not fit. */
export function listOfFitting<S extends v.GenericSchema>(entry: S) {
  return v.pipe(
    v.custom<readonly unknown[]>(Array.isArray),
    v.transform((list) => {
      const entries: v.InferOutput<S>[] = [];
      for (const each of list) {
        const found = v.safeParse(entry, each, FIRST_MISTAKE);
        if (found.success) entries.push(found.output);
      }
      return entries;
    }),
  );
}

/** As `listOfFitting`; what is no list is an empty one. */
export function fittingEntries<S extends v.GenericSchema>(entry: S) {
  return v.fallback(listOfFitting(entry), () => []);
}

type Tolerant<A extends v.ObjectEntries, W extends v.ObjectEntries> = v.InferOutput<v.ObjectSchema<A, undefined>> & {
  [K in keyof W]?: v.InferOutput<W[K]>;
};

/**
 * An object that is not lost for a damaged field: nothing is known of that one then, as if it were absent.
 *
 * @param needed fields without which, or with which damaged, it is none (`v.exactOptional`: it may be absent); one that is always
 *   there is given what stands for "unknown" (`v.fallback`)
 * @param ifSound fields that are absent unless they are sound
 */
export function tolerantObject<const A extends v.ObjectEntries, const W extends v.ObjectEntries = Record<never, never>>(
  needed: A,
  ifSound = {} as W,
) {
  return tolerant(needed, ifSound, false);
}

/** As `tolerantObject`, with all other fields as they came. */
export function openObject<const A extends v.ObjectEntries, const W extends v.ObjectEntries = Record<never, never>>(
  needed: A,
  ifSound = {} as W,
) {
  return tolerant(needed, ifSound, true);
}

function tolerant<const A extends v.ObjectEntries, const W extends v.ObjectEntries>(
  needed: A,
  ifSound: W,
  keepsOthers: boolean,
) {
  const neededFields = Object.entries(needed) as [string, v.GenericSchema][];
  const otherFields = Object.entries(ifSound) as [string, v.GenericSchema][];
  return v.pipe(
    JSON_OBJECT,
    v.rawTransform<JsonObject, Tolerant<A, W>>(({ dataset, addIssue, NEVER }) => {
      const raw = dataset.value;
      const fields: Record<string, unknown> = keepsOthers ? { ...raw } : {};
      for (const [field, schema] of neededFields) {
        if (schema.type === 'exact_optional' && !Object.hasOwn(raw, field)) continue;
        const found = v.safeParse(schema, raw[field], FIRST_MISTAKE);
        if (!found.success) {
          const place = { type: 'object', origin: 'value', input: raw, key: field, value: raw[field] } as const;
          addIssue({ message: 'It is missing or wrong', path: [place] });
          return NEVER;
        }
        fields[field] = found.output;
      }
      for (const [field, schema] of otherFields) {
        if (!Object.hasOwn(raw, field)) continue;
        const found = v.safeParse(schema, raw[field], FIRST_MISTAKE);
        if (found.success) fields[field] = found.output;
        else delete fields[field];
      }
      return fields as Tolerant<A, W>;
    }),
  );
}
