// Read-only documents: loaded when the first is opened, or a command is run.
import { IdentityDocuments, type DocumentDeps } from '../documents/documents';
import { Pages } from '../documents/reports';
import { SCHEMES } from '../ids';

export interface Documents {
  readonly identities: IdentityDocuments;
  readonly pages: Pages;
  dispose(): void;
}

/** Makes what their texts come from. */
export function startDocuments(deps: DocumentDeps): Documents {
  const identities = new IdentityDocuments(deps);
  const pages = new Pages(SCHEMES.connection);
  const removal = deps.tenants.onDidRemove((tenantId) => pages.forget(tenantId));
  return {
    identities,
    pages,
    dispose: () => {
      for (const one of [identities, pages, removal]) one.dispose();
    },
  };
}
