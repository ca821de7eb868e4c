import { isObject, listOf, textOf } from './json';
import type { Ref } from './refs';
import { parseRef } from './refs';

/** One kind of thing an identity owns that blocks its deletion (contract 2.9). */
export interface OwnershipAssociation {
  /** Free text, e.g. `ROLE_OWNER`. */
  readonly associationType: string;
  readonly entities: readonly Ref[];
}

/**
 * The associations of an ownership answer or of a refused delete. Schema and examples of the service disagree
 * (contract 2.9): `associationDetails` comes as a list or as one object, its `entities` flat or wrapped in
 * `identityEntity`; all four are read. Undefined when there is no `associationDetails` at all.
 */
export function parseAssociations(answer: unknown): readonly OwnershipAssociation[] | undefined {
  if (!isObject(answer)) return undefined;
  const details = answer['associationDetails'];
  if (details === undefined || details === null) return undefined;
  return (Array.isArray(details) ? listOf(details) : [details]).filter(isObject).map((detail) => ({
    associationType: textOf(detail['associationType']) ?? '',
    entities: listOf(detail['entities']).flatMap((entity) => {
      const nested = isObject(entity) ? entity['identityEntity'] : undefined;
      return parseRef(nested ?? entity) ?? [];
    }),
  }));
}
