/** Fields that answers of the service have in common. */
import * as v from 'valibot';
import { FILLED, fittingEntries, tolerantObject } from '../schema';

/** A text, or null where the service has none. */
export const TEXT_OR_NULL = v.nullable(v.string());

/** An id of any form: text as it is, a number as text; the empty text is none. */
export const ID = v.union([
  FILLED,
  v.pipe(
    v.union([v.number(), v.bigint()]),
    v.transform((id) => String(id)),
  ),
]);

/** A reference to another object of the tenant; `type` is free text (`IDENTITY`, `ROLE`, ...) and absent in places. */
export const REF = tolerantObject({ id: ID }, { type: v.string(), name: TEXT_OR_NULL });

/** Null where it names nothing, or is not said. */
export const REF_OR_NULL = orNull(REF);

/** The references of a list; what is none is left out. */
export const REFS = fittingEntries(REF);

/** What is always there: null stands for "not said". */
export function orNull<S extends v.GenericSchema>(schema: S) {
  return v.fallback(v.nullable(schema), null);
}

/** As others may make it: what may be null, or is a list, may as well be absent. */
export type MayLack<T> = T extends readonly (infer E)[]
  ? readonly MayLack<E>[]
  : T extends object
    ? { readonly [K in keyof T as MeansNothing<T[K]> extends true ? K : never]?: MayLack<T[K]> } & {
        readonly [K in keyof T as MeansNothing<T[K]> extends true ? never : K]: MayLack<T[K]>;
      }
    : T;

type MeansNothing<T> = null extends T ? true : never[] extends T ? true : false;
