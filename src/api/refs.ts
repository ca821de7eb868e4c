import { idOf, isObject, isTextOrNull, listOf, textOf } from './json';

/** A reference to another object of the tenant; `type` is free text (`IDENTITY`, `ROLE`, …) and absent in places. */
export interface Ref {
  readonly type?: string;
  readonly id: string;
  readonly name?: string | null;
}

/** A reference in any of its forms; undefined when it names nothing. */
export function parseRef(value: unknown): Ref | undefined {
  if (!isObject(value)) return undefined;
  const id = idOf(value['id']);
  if (id === undefined) return undefined;
  const type = textOf(value['type']);
  const name = value['name'];
  return {
    ...(type === undefined ? {} : { type }),
    id,
    ...(isTextOrNull(name) ? { name } : {}),
  };
}

/** The references of a list; what is none is left out. */
export function parseRefs(value: unknown): readonly Ref[] {
  return listOf(value).flatMap((item) => parseRef(item) ?? []);
}
