import type { DocumentKind } from '../../documents/address';
import type { CommandDeps } from '../ui/deps';
import { confirmOpeningMany, resolveSelection, type TargetDeps } from './targets';

/** Opens what the service says of a person, or of each who is selected, as a document: to search, fold, copy and compare. */
export async function openJson(
  deps: TargetDeps & Pick<CommandDeps, 'documents'>,
  argument: unknown,
  selected: unknown,
  kind: DocumentKind,
): Promise<void> {
  const people = await resolveSelection(deps, argument, selected);
  await confirmOpeningMany(deps, people);
  for (const target of people) await deps.documents.open(target, kind);
}
