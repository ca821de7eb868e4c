import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import type { VerificationVia } from '../../api/identities';
import { jsonText } from '../../api/json';
import { addressOf, type ActionOptions } from '../../actions/action';
import { actionOf, type ActionId } from '../../actions/catalog';
import { t } from '../../text/l10n';
import { plain, type PlainText } from '../../text/plain';
import type { CommandDeps } from '../ui/deps';
import { choiceStep, step, wizard, type Choice, type Step } from '../ui/prompts';
import type { Ui } from '../ui/ui';
import { withProgress, type ActionSubject } from './subject';

/** Asks what the action needs to know beside whom it is about. @throws Cancelled when dismissed, ApiError */
export async function askOneOptions(
  deps: Pick<CommandDeps, 'ui' | 'tree'>,
  id: ActionId,
  one: ActionSubject,
): Promise<ActionOptions> {
  const action = actionOf(id);
  if (!action.asksAddress) return {};
  const { ui } = deps;
  const { client, person, target } = one;
  const sources = await withProgress(deps, target, t('loading'), (signal) => fetchSources(client, person.id, signal));
  const address = (via: VerificationVia): string =>
    addressOf(action, person, { mail: { via, sourceName: null } }) ?? t('address unknown');
  const ways = WAYS().map((way) => ({ ...way, description: plain(address(way.value)) }));
  const title = t('{0}: {1}', action.label(), person.name);
  const mail: Delivery & { source?: string } = { via: 'EMAIL_WORK' };
  // Few have accounts whose passwords differ: those who do ask for it.
  const first: Choice<VerificationVia | typeof OF_SOURCE>[] =
    sources.length === 0 ? ways : [...ways, { label: t('For the password of one source...'), value: OF_SOURCE }];
  let asksSource = false;
  await wizard([
    step({
      ask: (place) =>
        choiceStep(ui, { ...place, title }, HOW(), first, asksSource ? OF_SOURCE : (mail.via ?? 'EMAIL_WORK')),
      keep: (answer) => {
        asksSource = answer === OF_SOURCE;
        if (answer !== OF_SOURCE) mail.via = answer;
      },
    }),
    step({
      skip: () => !asksSource,
      ask: (place) =>
        choiceStep(
          ui,
          { ...place, title },
          t('Select the source the password is for'),
          sources.map((name) => ({ label: plain(name), description: t('has an account'), value: name })),
          mail.source,
        ),
      keep: (source) => {
        mail.source = source;
      },
    }),
    deliveryStep(
      ui,
      () => title,
      mail,
      ways,
      () => !asksSource,
    ),
  ]);
  return { mail: { via: mail.via ?? 'EMAIL_WORK', sourceName: (asksSource ? mail.source : undefined) ?? null } };
}

const OF_SOURCE = 'ofSource';
const HOW = (): PlainText => t('Select the delivery method and address');

/** What is collected of how a mail goes out. */
export interface Delivery {
  via?: VerificationVia;
}

/** Asks by which way, and to which address, a mail goes out. */
export function deliveryStep(
  ui: Ui,
  title: () => PlainText,
  mail: Delivery,
  ways = WAYS(),
  skip?: () => boolean,
): Step {
  return step<VerificationVia>({
    skip,
    ask: (place) => choiceStep(ui, { ...place, title: title() }, HOW(), ways, mail.via),
    keep: (via) => {
      mail.via = via;
    },
  });
}

/** What was collected, for many. No source is named: not all of them have an account on any one. */
export function manyOptions({ via }: Delivery): ActionOptions {
  return via === undefined ? {} : { mail: { via, sourceName: null } };
}

const WAYS = (): readonly Choice<VerificationVia>[] => [
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
