import type { DocumentKind } from '../documents/address';
import type { CommandDeps } from './deps';
import { identityFrom } from './targets';

/** Opens what the service says of a person as a document: to search, fold, copy and compare. */
export async function openJson(deps: CommandDeps, argument: unknown, kind: DocumentKind): Promise<void> {
  await deps.documents.open(await identityFrom(deps, argument), kind);
}
