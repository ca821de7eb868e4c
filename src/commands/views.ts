import * as vscode from 'vscode';
import type { Asking } from '../find/query';
import { checkView, type OwnPlace, type OwnView } from '../views/own';
import type { CommandDeps } from './deps';
import { attempt, Cancelled } from './report';
import { pickOne } from './prompt';

const t = vscode.l10n.t;

/** Keeps what was asked as a view of all tenants; the person names it. */
export async function keepAsView({ views }: Pick<CommandDeps, 'views'>, asking: Asking, text: string): Promise<void> {
  const name = await askName(views, text);
  const found: OwnView =
    asking.by === 'list' ? { name, filter: asking.filters, includeUncorrelated: true } : { name, search: asking.query };
  await save(views, found);
}

/** Writes a new view to the settings of the user, or of the workspace where one is open and chosen. */
export async function save(views: CommandDeps['views'], own: OwnView): Promise<void> {
  const scope = await askScope();
  await attempt(t('Could not keep the view {0}', own.name), undefined, () => views.add(own, scope));
}

/** A name no other own view has. @throws Cancelled when dismissed. */
export async function askName(views: CommandDeps['views'], value: string, except?: string): Promise<string> {
  const taken = views.all().map(({ own }) => own.name);
  const name = await vscode.window.showInputBox({
    title: t('Name of the view'),
    prompt: t('What its row says'),
    value,
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const problem = checkView({ name: typed })?.message;
      if (problem !== undefined) return problem;
      const twice = typed !== except && taken.includes(typed);
      return twice ? t('There is a view {0} already.', typed) : undefined;
    },
  });
  if (name === undefined) throw new Cancelled();
  return name;
}

async function askScope(): Promise<OwnPlace['scope']> {
  if (!vscode.workspace.workspaceFolders) return 'user';
  return pickOne<OwnPlace['scope']>(t('Where is the view kept?'), [
    { label: t('User settings'), description: t('in every window, for you'), value: 'user' },
    {
      label: t('Workspace settings'),
      description: t('with this folder, for everyone who opens it'),
      value: 'workspace',
    },
  ]);
}
