import * as vscode from 'vscode';
import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import { jsonText } from '../../api/json';
import type { Identity, VerificationVia } from '../../api/identities';
import { actOn, withProgress, writeAbout } from './onOne';
import { say } from '../ui/progress';
import type { CommandDeps } from '../ui/deps';
import { confirm, pickOne } from '../ui/prompts';
import { identityFrom } from '../identities/targets';
import { t } from '../../text/l10n';
import { ask } from '../../ui/window';
import { joined, paragraphs, plain, type PlainText } from '../../text/plain';

const SEND = {
  operation: 'sendIdentityVerificationAccountToken',
  failed: (name: string, tenant: string) => t('Could not send a password-reset mail to {0} in {1}', name, tenant),
} as const;

/** Sends one person a password-reset mail, after asking to which address and for which source. */
export async function sendVerification(deps: CommandDeps, argument: unknown): Promise<void> {
  await actOn(deps, await identityFrom(deps, argument), SEND, async ({ tenant, client, person, target, who }) => {
    const sources = await withProgress(deps, target, t('reading'), (signal) => sourcesOf(client, person.id, signal));
    const via = await pickOne(t('Send it how, and where to?'), ways(person));
    const sourceName = await pickOne(t('For the password on which source?'), [
      ...sources.map((name) => ({ label: plain(name), description: t('has an account here'), value: name })),
      { label: t('No particular source'), description: plain(tenant.name), value: null },
    ]);
    await confirm(question(via, person), paragraphs([who, detail(sourceName)]), t('Send mail'));
    const answer = await writeAbout(deps, target, t('sending a password-reset mail'), (signal) =>
      client.identities.sendVerification(person.id, { via, sourceName }, { signal }),
    );
    say(t('Password-reset mail to {0} sent; valid for 2 hours', person.name));
    await showAnswer(person.name, answer);
  });
}

/** Names of the sources the person has accounts on; without the right to read accounts there is nothing to choose. */
async function sourcesOf(client: Client, id: string, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const { items } = await client.accounts.list(id, { limit: 250 }, { signal });
    const names = items.flatMap(({ sourceName }) => sourceName ?? []);
    return [...new Set(names)].sort((a, b) => a.localeCompare(b));
  } catch (error) {
    if (ApiError.is(error, 'forbidden')) return [];
    throw error;
  }
}

function ways(person: Identity) {
  const labels: Readonly<Record<VerificationVia, PlainText>> = {
    EMAIL_WORK: t('Mail to the work e-mail'),
    EMAIL_PERSONAL: t('Mail to the personal e-mail'),
    LINK_WORK: t('Link to the work e-mail'),
    LINK_PERSONAL: t('Link to the personal e-mail'),
  };
  return (Object.entries(labels) as [VerificationVia, PlainText][]).map(([value, label]) => ({
    label,
    description: plain(addressOf(value, person) ?? t('address not known here')),
    value,
  }));
}

function isWork(via: VerificationVia): boolean {
  return via === 'EMAIL_WORK' || via === 'LINK_WORK';
}

/** The address as far as the identity tells; which attribute the service takes is the identity profile's choice. */
function addressOf(via: VerificationVia, { emailAddress, attributes }: Identity): string | undefined {
  const address = isWork(via) ? emailAddress : attributes?.['personalEmail'];
  return typeof address === 'string' && address !== '' ? address : undefined;
}

function question(via: VerificationVia, person: Identity): PlainText {
  const link = via.startsWith('LINK');
  const kind = isWork(via) ? t('work e-mail') : t('personal e-mail');
  const address = addressOf(via, person);
  if (address === undefined) {
    return link
      ? t('Send a password-reset link to the {0} of {1} (address not known here)?', kind, person.name)
      : t('Send a password-reset mail to the {0} of {1} (address not known here)?', kind, person.name);
  }
  return link
    ? t('Send a password-reset link to {0} ({1})?', address, kind)
    : t('Send a password-reset mail to {0} ({1})?', address, kind);
}

function detail(sourceName: string | null): PlainText {
  const valid = t('It is valid for 2 hours.');
  return joined([valid, sourceName !== null && t('It is for the password on {0}.', sourceName)]);
}

/** No answer is documented; one that comes may hold a link, so only the person who asked sees it. */
async function showAnswer(name: string, answer: unknown): Promise<void> {
  const text = typeof answer === 'string' ? answer : answer === undefined ? '' : jsonText(answer, 2);
  if (text.trim() === '') return;
  const copy = t('Copy answer');
  const question = t('ISC answered this for {0}:', name);
  const chosen = await ask('information', question, plain(text), copy);
  if (chosen === copy) await vscode.env.clipboard.writeText(text);
}
