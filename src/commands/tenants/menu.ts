import { COMMANDS } from '../../ids';
import { tenantTexts } from '../../tenants/text';
import { t } from '../../text/l10n';
import { joined, plain } from '../../text/plain';
import type { CommandDeps } from '../ui/deps';
import { choiceStep, type Choice } from '../ui/prompts';
import { resolveTenant } from './pick';

/** What is done with a tenant most, as a short menu: the click that opens it does nothing by itself. */
export async function showTenantMenu(
  deps: Pick<CommandDeps, 'ui' | 'workbench' | 'store'>,
  argument: unknown,
): Promise<void> {
  const tenant = await resolveTenant(deps, argument);
  const title = joined([plain(tenant.name), ...tenantTexts(tenant)], ' · ');
  const access: Choice<string> = tenant.readOnly
    ? { label: t('$(unlock) Unlock tenant for changes...'), value: COMMANDS.unlock }
    : { label: t('$(lock) Set to read-only'), value: COMMANDS.setReadOnly };
  const chosen = await choiceStep<string>(deps.ui, { title, step: 1, totalSteps: 1 }, t('Select an action'), [
    { label: t('$(search) Find identity...'), value: COMMANDS.findIdentity },
    access,
    { label: t('$(plug) Check connection'), value: COMMANDS.checkConnection },
    { label: t('$(key) Change credentials...'), value: COMMANDS.signIn },
    ...(tenant.kind === 'demo'
      ? []
      : [{ label: t('$(server-environment) Set environment...'), value: COMMANDS.setEnvironment }]),
  ]);
  if (typeof chosen === 'string') await deps.workbench.runCommand(chosen, { tenantId: tenant.id });
}
