import type { BatchAction, Mail } from '../../actions/bulk/batch';
import type { Source } from '../../actions/bulk/resolveIdentities';
import type { VerificationVia } from '../../api/identities';
import { count } from '../../text/dates';
import { t } from '../../text/l10n';
import type { PlainText } from '../../text/plain';
import { selectedPeople, type PersonRow } from '../identities/targets';
import { tenantIn } from '../tenants/pick';
import type { Handler, CommandDeps } from '../ui/deps';
import { pickOne } from '../ui/prompts';
import { whom, many, viewPeople } from './pickIdentities';

/** A plan for several people, or the action on one: whichever the person means. */
export function oneOrMany(action: BatchAction, one: Handler): Handler {
  return async (deps, argument, selected) => {
    const people = selectedPeople(deps, argument, selected);
    if (people.length > 1) return planSelected(deps, action, people);
    if (argument !== undefined && argument !== null) return one(deps, argument);
    const answer = await whom(deps, actionWord(action));
    if (answer.kind === 'one') return one(deps, answer.target);
    await plan(deps, action, answer);
  };
}

/** Asks what to do, and with whom. */
export async function actOnMany(deps: CommandDeps): Promise<void> {
  const action = await pickAction(t('Do what with many people?'));
  await plan(deps, action, await many(deps, actionWord(action)));
}

/** Asks what to do with everybody of the view whose row was chosen. */
export async function actOnView(deps: CommandDeps, argument: unknown): Promise<void> {
  const view = viewPeople(argument);
  if (view) await plan(deps, await pickAction(t('Do what with everybody of {0}?', view.from)), view);
}

function pickAction(question: PlainText): Promise<BatchAction> {
  return pickOne(
    question,
    ACTIONS.map((value) => ({ label: actionWord(value), value })),
  );
}

/** People of several tenants get a plan each. */
async function planSelected(deps: CommandDeps, action: BatchAction, rows: readonly PersonRow[]): Promise<void> {
  const tenants = new Set(rows.map(({ tenantId }) => tenantId));
  for (const tenantId of tenants) {
    const people = rows.flatMap((row) => (row.tenantId === tenantId ? [row.identity] : []));
    const from = t('{0} selected people', count(people.length));
    await plan(deps, action, { tenantId, from, people: { kind: 'people', people } });
  }
}

async function plan(
  deps: CommandDeps,
  action: BatchAction,
  { tenantId, from, people }: { readonly tenantId: string; readonly from: string; readonly people: Source },
): Promise<void> {
  tenantIn(deps, tenantId);
  const mail = action === 'verification' ? await askMail() : undefined;
  const { id } = deps.batches.plan({ tenantId, action, from, people, ...(mail ? { mail } : {}) });
  deps.panels.openBatch(id);
}

/** For many people no source is named: not all of them have an account on any one. */
async function askMail(): Promise<Mail> {
  const labels: Readonly<Record<VerificationVia, string>> = {
    EMAIL_WORK: t('Mail to the work e-mail'),
    EMAIL_PERSONAL: t('Mail to the personal e-mail'),
    LINK_WORK: t('Link to the work e-mail'),
    LINK_PERSONAL: t('Link to the personal e-mail'),
  };
  const ways = (Object.entries(labels) as [VerificationVia, PlainText][]).map(([value, label]) => ({ label, value }));
  return { via: await pickOne(t('Send it how, and where to?'), ways), sourceName: null };
}

const ACTIONS: readonly BatchAction[] = ['synchronize', 'process', 'invite', 'verification', 'reset', 'delete'];

export function actionWord(action: BatchAction): PlainText {
  switch (action) {
    case 'synchronize':
      return t('Synchronize attributes');
    case 'process':
      return t('Process');
    case 'invite':
      return t('Invite');
    case 'verification':
      return t('Send password-reset mail');
    case 'reset':
      return t('Reset');
    case 'delete':
      return t('Delete');
  }
}
