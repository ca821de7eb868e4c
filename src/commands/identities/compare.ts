import { ApiError } from '../../api/errors';
import { CONTEXT_KEYS, type IdentityTarget } from '../../ids';
import { isGiven, pairIn } from '../ui/arguments';
import type { CommandDeps } from '../ui/deps';
import { withErrorContext } from '../ui/report';
import { identityIn, resolveIdentity, selectedIdentities, type TargetDeps } from './targets';
import { t } from '../../text/l10n';

/** Remembers a person, to be compared with one chosen later (also of another tenant). */
export async function selectForCompare(
  deps: TargetDeps & Pick<CommandDeps, 'compare'>,
  argument: unknown,
): Promise<void> {
  deps.compare.selected = await resolveIdentity(deps, argument);
  const { name } = deps.compare.selected.identity;
  deps.ui.sayInStatusBar(t('{0} selected for comparison', name), 15_000);
  await deps.workbench.runCommand('setContext', CONTEXT_KEYS.comparing, true);
}

export async function compareWithSelected(
  deps: TargetDeps & Pick<CommandDeps, 'compare' | 'panels' | 'focus'>,
  argument: unknown,
): Promise<void> {
  const { selected } = deps.compare;
  // The tenant of the one who was selected may be gone by now.
  const first = selected && deps.store.get(selected.tenantId) ? selected : await resolveIdentity(deps, undefined);
  const question = t('Compare {0} with', first.identity.name);
  await show(deps, first, await resolveIdentity(deps, isGiven(argument) ? argument : other(deps, first), question));
}

/** Whoever has the focus, unless it is still the first. */
function other({ focus }: Pick<CommandDeps, 'focus'>, first: IdentityTarget): unknown {
  const [meant] = focus.identities();
  const found = identityIn(meant);
  return found && isSame(found, first) ? { tenantId: first.tenantId } : meant;
}

/** Compares the two people selected in the tree; from elsewhere, or with more selected, the second is asked for. */
export async function compareIdentities(
  deps: TargetDeps & Pick<CommandDeps, 'panels'>,
  argument: unknown,
  selected?: unknown,
): Promise<void> {
  const [first, second, ...more] = selectedIdentities(argument, selected);
  if (first && second && more.length === 0) return show(deps, first, second);
  const one = await resolveIdentity(deps, argument);
  await show(deps, one, await resolveIdentity(deps, undefined, t('Compare {0} with', one.identity.name)));
}

/** Opens VS Code's comparison of two people's JSON: the two a panel gives, or that have the focus. Who is missing is asked for. */
export async function compareJson(
  deps: TargetDeps & Pick<CommandDeps, 'documents' | 'focus'>,
  argument: unknown,
): Promise<void> {
  const { a, b } = isGiven(argument) ? pairIn(argument) : focused(deps);
  const one = await resolveIdentity(deps, a);
  await deps.documents.compare(one, await resolveIdentity(deps, b, t('Compare {0} with', one.identity.name)));
}

function focused({ focus }: Pick<CommandDeps, 'focus'>): { readonly a: unknown; readonly b: unknown } {
  const [meant, selected] = focus.identities();
  const [first, second, ...more] = selectedIdentities(meant, selected);
  return first && second && more.length === 0 ? { a: first, b: second } : { a: meant, b: undefined };
}

function isSame(a: IdentityTarget, b: IdentityTarget): boolean {
  return a.tenantId === b.tenantId && a.identity.id === b.identity.id;
}

async function show(deps: Pick<CommandDeps, 'panels'>, a: IdentityTarget, b: IdentityTarget): Promise<void> {
  await withErrorContext(t('Could not compare {0}', a.identity.name), undefined, () => {
    if (isSame(a, b))
      return Promise.reject(new ApiError('invalid', t('both are the same identity. Select a different one')));
    deps.panels.openComparison(a, b);
    return Promise.resolve();
  });
}
