import * as v from 'valibot';
import { fittingEntries, isObject, readAs, tolerantObject, type Output } from '../schema';
import { REFS } from './refs';

/** An entity flat, or wrapped in `identityEntity`, which may hold one or several. */
const ENTITIES = v.pipe(
  v.unknown(),
  v.transform((entities) =>
    oneOrMany(entities).flatMap((entity) =>
      oneOrMany(isObject(entity) ? (entity['identityEntity'] ?? entity) : entity),
    ),
  ),
  REFS,
);

/** One kind of thing an identity owns that blocks its deletion (contract 2.9). */
const ASSOCIATION = tolerantObject({
  /** Free text, e.g. `ROLE_OWNER`; empty: not said. */
  associationType: v.fallback(v.string(), ''),
  entities: ENTITIES,
});
export type OwnershipAssociation = Output<typeof ASSOCIATION>;

const ASSOCIATIONS = fittingEntries(ASSOCIATION);

/**
 * The associations of an ownership answer or of a refused delete. Schema and examples of the service disagree
 * (contract 2.9): `associationDetails` comes as a list or as one object, its `entities` as a list or as one, flat or wrapped in
 * `identityEntity`; all are read. What is there and cannot be understood is kept without entities: something is owned, and it is
 * not known what. Undefined when there is no `associationDetails` at all.
 */
export function parseAssociations(answer: unknown): readonly OwnershipAssociation[] | undefined {
  const details = isObject(answer) ? answer['associationDetails'] : undefined;
  if (details === undefined || details === null) return undefined;
  return readAs(
    ASSOCIATIONS,
    oneOrMany(details).map((detail) => (isObject(detail) ? detail : {})),
  );
}

function oneOrMany(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}
