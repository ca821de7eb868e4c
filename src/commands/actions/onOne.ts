import type { Client } from '../../api/client';
import { ApiError } from '../../api/errors';
import type { Identity } from '../../api/identities';
import { mayHaveHappened } from '../../api/uncertainty';
import { addressOf, type Action, type ActionOptions, type Sent, type Skip, type Whom } from '../../actions/action';
import { skipText } from '../../actions/bulk/text';
import { actionOf, type ActionId } from '../../actions/catalog';
import type { IdentityTarget } from '../../ids';
import type { Tenant } from '../../tenants/tenant';
import { startedTask } from '../../tasks/task';
import { ownershipText } from '../../text/ownership';
import type { CommandDeps } from '../ui/deps';
import { capital, t } from '../../text/l10n';
import { joined, paragraphs, plain, type PlainText } from '../../text/plain';
import { alone, confirm, confirmByTyping } from '../ui/prompts';
import { withErrorContext, CommandError } from '../ui/report';
import { showStatus } from '../ui/progress';
import { requireTenant } from '../tenants/pick';
import { followOne, type Followed } from './followOne';
import { askOneOptions, showAnswer } from './options';
import { type ActionSubject, assertWritable, withProgress } from './subject';

/** What an action on one identity needs. */
export type ActDeps = Pick<
  CommandDeps,
  'ui' | 'workbench' | 'store' | 'clients' | 'tree' | 'tasks' | 'changes' | 'log'
>;

/**
 * The way of every action on one identity: the tenant takes changes; the identity is read anew by id, so that a question names
 * whom it is about, whatever a page, a link or an old row calls them; what stands in the way is found out; what will happen is
 * said and confirmed; one request is sent; what comes of it is followed or said.
 *
 * @param how `taken`: nobody pointed at them, they just had the focus. Then even what needs no question asks one, so that
 * nothing is changed before it was seen of whom.
 * @throws CommandError, Cancelled
 */
export async function actOnOne(
  deps: ActDeps,
  id: ActionId,
  shown: IdentityTarget,
  how: 'pointedAt' | 'taken' = 'pointedAt',
): Promise<void> {
  const action = actionOf(id);
  const { tenantId, identity } = shown;
  const tenant = requireTenant(deps, tenantId);
  const failed = t('Could not {0}', action.phrase(plain(identity.name), tenant.name, {}));
  await withErrorContext(
    failed,
    tenantId,
    async () => {
      assertWritable(tenant, action.operation);
      const client = await deps.clients.for(tenantId);
      const person = await withProgress(deps, shown, t('loading'), (signal) =>
        client.identities.get(identity.id, { signal }),
      );
      const target = { tenantId, identity: person };
      const one: ActionSubject = { tenant, client, person, target, who: whoText(person, identity.name) };
      const options = await askOneOptions(deps, id, one);
      await refuseSkipped(deps, action, one);
      if (!action.asksNothing || how === 'taken') {
        await confirmOne(deps, action, one, options);
        assertStillAsSaid(deps, tenant, action);
      }
      await sendOne(deps, id, one, options);
    },
    shown,
  );
}

function whomOf(action: Action, { person }: ActionSubject, options: ActionOptions): Whom {
  return {
    count: 1,
    words: plain(person.name),
    address: action.mailsTo ? (addressOf(action, person, options) ?? null) : undefined,
  };
}

function whoText({ name, alias, emailAddress }: Identity, shownName: string): PlainText {
  const known = joined([plain(name), plain(alias ?? ''), plain(emailAddress ?? '')], ' · ');
  return shownName === name ? known : joined([known, t('(previously shown as {0})', shownName)]);
}

/** @throws CommandError with the reason a plan would give for leaving this identity out */
async function refuseSkipped(
  deps: Pick<CommandDeps, 'ui' | 'tree'>,
  action: Action,
  one: ActionSubject,
): Promise<void> {
  const { person, client, target, tenant } = one;
  const skip = action.skip?.(person) ?? missingAddress(action, person) ?? (await checked());
  if (!skip) return;
  const isOwner = skip.reason === 'owner';
  const why = isOwner ? t('{0}. Assign other owners in ISC first.', skipText(skip)) : skipText(skip);
  const refusal = new ApiError('refused', why, { operation: action.operation, sent: false });
  const failed = t('Could not {0}', action.phrase(plain(person.name), tenant.name, {}));
  throw new CommandError(failed, refusal, target.tenantId, target, isOwner);

  async function checked(): Promise<Skip | null> {
    if (!action.check) return null;
    const { check } = action;
    return withErrorContext(t('Could not run the checks for {0}', person.name), target.tenantId, () =>
      withProgress(deps, target, t('running checks'), async (signal) => {
        const ask = await check([person.id], { client, call: { signal }, owned: ownershipText, failed: rethrow });
        return ask(person.id);
      }),
    );
  }
}

/** Of one identity a check that failed is told as it is. */
function rethrow(error: unknown): never {
  throw error;
}

/** Where the person chose the address, they may know better than the identity. */
function missingAddress(action: Action, person: Identity): Skip | null {
  const chosen = action.asksAddress === true;
  return action.mailsTo && !chosen && addressOf(action, person, {}) === undefined ? { reason: 'noEmail' } : null;
}

/** Says what will happen; in production the name of who is removed is typed. @throws Cancelled */
async function confirmOne(
  { ui }: Pick<CommandDeps, 'ui'>,
  action: Action,
  one: ActionSubject,
  options: ActionOptions,
): Promise<void> {
  const { tenant, person, who } = one;
  const whom = whomOf(action, one, options);
  const question = plain(`${capital(action.phrase(whom.words, tenant.name, options))}?`);
  const detail = paragraphs([
    who,
    tenant.environment === 'production' && t('{0} is a production tenant.', tenant.name),
    joined([action.checked?.(whom.words), action.effect(whom, options)]),
  ]);
  await confirm(ui, question, detail, action.button(whom));
  if (!action.removes || tenant.environment !== 'production' || tenant.kind === 'demo') return;
  await confirmByTyping(
    ui,
    alone(capital(action.phrase(whom.words, tenant.name, options))),
    person.name,
    t("{0} is a production tenant. To confirm deletion, type the identity's name: {1}", tenant.name, person.name),
  );
}

/** Other hands may have been at the tenant while the question about it was open. @throws CommandError, ApiError */
export function assertStillAsSaid(deps: Pick<CommandDeps, 'store'>, said: Tenant, action: Action): void {
  const tenant = requireTenant(deps, said.id);
  assertWritable(tenant, action.operation);
  if (tenant === said) return;
  throw new ApiError('refused', t('the tenant changed while you were confirming'), { sent: false });
}

async function sendOne(deps: ActDeps, id: ActionId, one: ActionSubject, options: ActionOptions): Promise<void> {
  const action = actionOf(id);
  const { tenant, person, client, target } = one;
  const event = { tenantId: tenant.id, identityId: person.id };
  let removed = false;
  let followed: Followed | undefined;
  let answer: unknown;
  try {
    const sent = await withProgress(deps, target, action.progress(), async (signal) => {
      followed = await followOne(deps, id, one, signal);
      return sendOrLook(action, client, person.id, options, signal);
    });
    removed = action.removes === true;
    if (action.startsTask && sent.taskId !== undefined) {
      deps.tasks.follow(startedTask(tenant.id, action.startsTask, sent.taskId, [person]), followed);
    }
    showStatus(deps.ui, action.accepted(whomOf(action, one, options), tenant.name, sent));
    answer = sent.answer;
  } finally {
    // Whatever came of it, what is shown of them is read again.
    deps.changes.fire({ kind: removed ? 'deleted' : 'identity', ...event });
  }
  if (answer !== undefined) await showAnswer(deps, person.name, answer);
}

/** Where no clear answer came it is looked whether it happened, instead of sending it again. */
async function sendOrLook(
  { send, hasHappened }: Action,
  client: Client,
  id: string,
  options: ActionOptions,
  signal: AbortSignal,
): Promise<Sent> {
  try {
    return await send(client, [id], options, { signal });
  } catch (error) {
    if (mayHaveHappened(error) && (await hasHappened?.(client, id, {})) === true) return {};
    throw error;
  }
}
