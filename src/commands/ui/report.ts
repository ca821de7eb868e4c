import type { ApiLog } from '../../api/client';
import { ApiError } from '../../api/errors';
import { isCleanCancel } from '../../api/uncertainty';
import { COMMANDS, type IdentityTarget } from '../../ids';
import { problemOf } from '../../storage/problem';
import { errorText } from '../../text/errors';
import { t } from '../../text/l10n';
import { joined, type PlainText } from '../../text/plain';
import type { MessageButton } from '../../ui/window';
import type { Ui } from './ui';
import type { Workbench } from './workbench';

/** The person dismissed a prompt or pressed Cancel: nothing went wrong, nothing is shown. */
export class Cancelled extends Error {
  constructor() {
    super('Cancelled');
    this.name = 'Cancelled';
  }
}

/** What a failure was about, kept with it on its way to `report`. */
export class CommandError extends Error {
  constructor(
    /** A clause: "Could not synchronize the attributes of Walter White in Acme". */
    readonly what: string,
    override readonly cause: unknown,
    readonly tenantId?: string,
    /** Whom it was about, for a step that leads to the person. */
    readonly target?: IdentityTarget,
    /** What they own stands in the way. */
    readonly owns = false,
  ) {
    super(what);
    this.name = 'Failure';
  }
}

/** Runs something; what it throws will be reported as this failure. */
export async function withErrorContext<T>(
  what: string,
  tenantId: string | undefined,
  run: () => Promise<T>,
  target?: IdentityTarget,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (isCancel(error)) throw new Cancelled();
    if (error instanceof CommandError) throw error;
    throw new CommandError(what, error, tenantId, target);
  }
}

/** What an error is told with. */
export interface Reporting {
  readonly ui: Pick<Ui, 'showError'>;
  readonly workbench: Pick<Workbench, 'runCommand'>;
  readonly log: Pick<ApiLog, 'warn' | 'error'>;
}

/** How a command that was refused because its tenant is read-only goes on once it is unlocked. */
export interface Continuation {
  /** What unlocking by the button of the message means; undefined where unlocking has a question of its own. */
  readonly unlockText: (tenantId: string) => PlainText | undefined;
  /** Unlocks, with a question where the message did not say all of it (`said`). @throws Cancelled, and whatever failed */
  readonly unlock: (tenantId: string, said: PlainText | undefined) => Promise<void>;
  /** Runs the command again, from its beginning: whatever it asks is asked again. */
  readonly again: (target: IdentityTarget | undefined) => Promise<void>;
}

/**
 * The one place that shows an error. A cancel is silent; an ApiError becomes a sentence with the step that helps;
 * anything else is a fault of this extension and is logged with its stack.
 *
 * Returns at once: the message stays until the person closes it, and a command must not wait for that.
 */
export function report(error: unknown, { ui, workbench, log }: Reporting, continuation?: Continuation): void {
  if (isCancel(error)) return;
  const { what, cause, tenantId, target, owns } = error instanceof CommandError ? error : unexpected(error);
  if (!ApiError.is(cause)) log.error(stackOf(cause));
  const refusal = errorText(isOfSystem(cause) ? new Error(problemOf(cause)) : cause, what);
  const offersUnlock = tenantId !== undefined && ApiError.is(cause, 'readOnly');
  const unlockText = offersUnlock ? continuation?.unlockText(tenantId) : undefined;
  const text = unlockText === undefined ? refusal : joined([refusal, unlockText]);
  // Names stay out of the log, which is meant to be shared.
  if (ApiError.is(cause)) {
    const { operation, status, trackingId } = cause.details;
    log.warn([cause.reason, operation, status, trackingId].filter((part) => part !== undefined).join(' '));
  }
  const steps = followUps(cause, tenantId, target, owns, continuation && { ...continuation, said: unlockText });
  void showWithActions({ ui, workbench, log }, text, steps);
}

/** For the log. The message of JSON.parse quotes what it read: it is left out. */
function stackOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const stack = cause.stack ?? cause.message;
  return cause instanceof SyntaxError
    ? `SyntaxError: ${problemOf(cause)}${stack.replace(/^[^]*?(?=\n\s+at )/, '')}`
    : stack;
}

/** The file system's own words are English and name folders of the person. */
function isOfSystem(cause: unknown): boolean {
  return cause instanceof Error && 'syscall' in cause;
}

function unexpected(error: unknown): CommandError {
  const what = isOfSystem(error) ? t('Could not store the data of ISC Identities') : t('Error in ISC Identities');
  return new CommandError(what, error);
}

function isCancel(error: unknown): boolean {
  return error instanceof Cancelled || isCleanCancel(error) || isVscodeCancel(error);
}

/** VS Code's own `CancellationError`, known by its name as VS Code does it itself. */
function isVscodeCancel(error: unknown): boolean {
  return error instanceof Error && error.name === 'Canceled' && error.message === 'Canceled';
}

interface CommandStep extends MessageButton {
  readonly command: string;
  readonly argument?: unknown;
}

interface OwnStep extends MessageButton {
  readonly run: () => Promise<void>;
}

type Step = CommandStep | OwnStep;

function followUps(
  cause: unknown,
  tenantId: string | undefined,
  target: IdentityTarget | undefined,
  owns: boolean,
  continuation: (Continuation & { readonly said: PlainText | undefined }) | undefined,
): readonly Step[] {
  const log: CommandStep = { title: t('Show log'), command: COMMANDS.showLog };
  if (tenantId === undefined || !ApiError.is(cause)) return [log];
  const argument = { tenantId };
  switch (cause.reason) {
    case 'auth':
      if (cause.details.givenFor !== undefined) {
        return [{ title: t('Confirm the new address'), command: COMMANDS.signIn, argument }, log];
      }
      return [{ title: t('Sign in again'), command: COMMANDS.signIn, argument }, log];
    case 'forbidden':
      return [{ title: t('Change credentials'), command: COMMANDS.signIn, argument }, log];
    case 'refused':
      return target && (owns || cause.details.associations?.some(({ entities }) => entities.length > 0))
        ? [{ title: t('Show what {0} owns', target.identity.name), command: COMMANDS.showOwned, argument: target }, log]
        : [log];
    case 'readOnly':
      if (!continuation) return [{ title: t('Unlock tenant'), command: COMMANDS.unlock, argument }, log];
      return [
        {
          title: t('Unlock and continue'),
          run: async () => {
            // Canceled, or failed, it throws: nothing goes on then, whoever else unlocked the tenant meanwhile.
            await continuation.unlock(tenantId, continuation.said);
            await continuation.again(target);
          },
        },
        log,
      ];
    default:
      return [log];
  }
}

async function showWithActions(deps: Reporting, text: PlainText, steps: readonly Step[]): Promise<void> {
  const step = await deps.ui.showError(text, ...steps);
  if (!step) return;
  try {
    if ('run' in step) await step.run();
    else await deps.workbench.runCommand(step.command, step.argument);
  } catch (error) {
    report(error, deps);
  }
}
