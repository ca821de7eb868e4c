import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import type { VerificationVia } from '../../api/identities';
import { jsonText } from '../../api/json';
import { addressOf, type ActionOptions } from '../../actions/action';
import { actionOf, type ActionId } from '../../actions/catalog';
import { t } from '../../text/l10n';
import { plain, type PlainText } from '../../text/plain';
import type { CommandDeps } from '../ui/deps';
import { pickOne } from '../ui/prompts';
import { withProgress, type ActionSubject } from './subject';

/** Asks what the action needs to know beside whom it is about. @throws Cancelled when dismissed, ApiError */
export async function askOneOptions(
  deps: Pick<CommandDeps, 'ui' | 'tree'>,
  id: ActionId,
  one: ActionSubject,
): Promise<ActionOptions> {
  const action = actionOf(id);
  if (!action.asksAddress) return {};
  const { client, person, target, tenant } = one;
  const sources = await withProgress(deps, target, t('loading'), (signal) => fetchSources(client, person.id, signal));
  const address = (via: VerificationVia): string =>
    addressOf(action, person, { mail: { via, sourceName: null } }) ?? t('address unknown');
  const via = await pickOne(
    deps.ui,
    t('Select the delivery method and address'),
    WAYS().map(({ label, value }) => ({ label, value, description: plain(address(value)) })),
  );
  const sourceName = await pickOne(deps.ui, t('Select the source the password is for'), [
    ...sources.map((name) => ({ label: plain(name), description: t('has an account'), value: name })),
    { label: t('No specific source'), description: plain(tenant.name), value: null },
  ]);
  return { mail: { via, sourceName } };
}

/** The same for many. No source is named: not all of them have an account on any one. @throws Cancelled when dismissed */
export async function askManyOptions({ ui }: Pick<CommandDeps, 'ui'>, id: ActionId): Promise<ActionOptions> {
  if (!actionOf(id).asksAddress) return {};
  return { mail: { via: await pickOne(ui, t('Select the delivery method and address'), WAYS()), sourceName: null } };
}

const WAYS = (): readonly { readonly label: PlainText; readonly value: VerificationVia }[] => [
  { label: t('Email to the work address'), value: 'EMAIL_WORK' },
  { label: t('Email to the personal address'), value: 'EMAIL_PERSONAL' },
  { label: t('Link to the work address'), value: 'LINK_WORK' },
  { label: t('Link to the personal address'), value: 'LINK_PERSONAL' },
];

/** Names of the sources the person has accounts on; without the right to read accounts there is nothing to choose. */
async function fetchSources(client: Client, id: string, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const { items } = await client.accounts.list(id, { limit: 250 }, { signal });
    const names = items.flatMap(({ sourceName }) => sourceName ?? []);
    return [...new Set(names)].sort((a, b) => a.localeCompare(b));
  } catch (error) {
    if (ApiError.is(error, 'forbidden')) return [];
    throw error;
  }
}

/** No answer is documented; one that comes may hold a link, so only the person who asked sees it. */
export async function showAnswer(
  { ui, workbench }: Pick<CommandDeps, 'ui' | 'workbench'>,
  name: string,
  answer: unknown,
): Promise<void> {
  const text = typeof answer === 'string' ? answer : jsonText(answer, 2);
  if (text.trim() === '') return;
  const copy = t('Copy response');
  const question = t('Response from ISC for {0}:', name);
  const chosen = await ui.ask('information', question, plain(text), copy);
  if (chosen === copy) await workbench.writeClipboard(text);
}
