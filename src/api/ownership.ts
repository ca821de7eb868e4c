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
 * (contract 2.9): `associationDetails` comes as a list or as one object, its `entities` as a list or as one, flat or wrapped in
 * `identityEntity`; all are read. What is there and cannot be understood is kept without entities: something is owned, and it is
 * not known what. Undefined when there is no `associationDetails` at all.
 */
export function parseAssociations(answer: unknown): readonly OwnershipAssociation[] | undefined {
  if (!isObject(answer)) return undefined;
  const details = answer['associationDetails'];
  if (details === undefined || details === null) return undefined;
  return oneOrMany(details).map((detail) => ({
    associationType: (isObject(detail) ? textOf(detail['associationType']) : undefined) ?? '',
    entities: isObject(detail) ? oneOrMany(detail['entities']).flatMap(entitiesIn) : [],
  }));
}

function entitiesIn(entity: unknown): readonly Ref[] {
  const nested = isObject(entity) ? entity['identityEntity'] : undefined;
  return oneOrMany(nested ?? entity).flatMap((item) => parseRef(item) ?? []);
}

function oneOrMany(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? listOf(value) : [value];
}
