import { formatNumber } from '../../text/dates';
import { rowsAtCursor } from '../tree/cursor';
import { meansSelected } from '../ui/arguments';
import { showStatus, showNothingDone } from '../ui/progress';
import type { CommandDeps } from '../ui/deps';
import { withErrorContext } from '../ui/report';
import { resolveIdentity, resolveSelection, selectedIdentities, toTargets, type TargetDeps } from './targets';
import { plural, t } from '../../text/l10n';
import { oneLine, type PlainText } from '../../text/plain';

/** Copies the id of a person, or of each who is selected, a line each. */
export async function copyId(deps: TargetDeps, argument: unknown, selected?: unknown): Promise<void> {
  const ids = (await resolveSelection(deps, argument, selected)).map(({ identity }) => identity);
  await copy(
    deps,
    ids.map(({ id }) => id),
    plural(ids.length, {
      one: () => t('ID of {0} copied', ids[0]?.name ?? ''),
      other: () => t('{0} IDs copied', formatNumber(ids.length)),
    }),
  );
}

/** Copies the name of a person, or of each who is selected, a line each. */
export async function copyName(deps: TargetDeps, argument: unknown, selected?: unknown): Promise<void> {
  const names = (await resolveSelection(deps, argument, selected)).map(({ identity }) => identity.name);
  await copy(
    deps,
    names,
    plural(names.length, {
      one: () => t('{0} copied', names[0] ?? ''),
      other: () => t('{0} names copied', formatNumber(names.length)),
    }),
  );
}

/** Copies the e-mail address of a person, read just now, or those the rows of all who are selected show, a line each. */
export async function copyEmail(
  deps: TargetDeps & Pick<CommandDeps, 'view'>,
  argument: unknown,
  selected?: unknown,
): Promise<void> {
  const byKey = meansSelected(argument);
  const people = byKey ? toTargets(await rowsAtCursor(deps)) : selectedIdentities(argument, selected);
  if (byKey && people.length === 0) return showNothingDone(deps.ui, t('No identity is selected in the tree'));
  if (people.length < 2) return copyEmailOfOne(deps, byKey ? people[0] : argument);
  const addresses = people.flatMap(({ identity }) => (identity.emailAddress ? [identity.emailAddress] : []));
  const without = people.length - addresses.length;
  if (addresses.length === 0)
    return showNothingDone(deps.ui, t('None of the {0} identities has an email address', formatNumber(without)));
  const copied = t('Email addresses copied: {0}', formatNumber(addresses.length));
  await copy(deps, addresses, without > 0 ? t('{0}; without an address: {1}', copied, formatNumber(without)) : copied);
}

async function copyEmailOfOne(deps: TargetDeps, argument: unknown): Promise<void> {
  const { tenantId, identity } = await resolveIdentity(deps, argument);
  await withErrorContext(t('Could not read the email address of {0}', identity.name), tenantId, async () => {
    const client = await deps.clients.for(tenantId);
    const { emailAddress } = await client.identities.get(identity.id);
    if (emailAddress) await copy(deps, [emailAddress], t('Email address of {0} copied', identity.name));
    else showNothingDone(deps.ui, t('{0} has no email address', identity.name));
  });
}

async function copy(
  { ui, workbench }: Pick<CommandDeps, 'ui' | 'workbench'>,
  lines: readonly string[],
  said: PlainText,
): Promise<void> {
  await workbench.writeClipboard(lines.map(oneLine).join('\n'));
  showStatus(ui, said);
}
