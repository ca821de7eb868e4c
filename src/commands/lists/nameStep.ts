import { checkSavedList, type SettingsLocation } from '../../lists/savedLists';
import type { CommandDeps } from '../ui/deps';
import { BACK, inputStep, pickOne, type Choice } from '../ui/prompts';
import { Cancelled } from '../ui/report';
import { t } from '../../text/l10n';
import { plain, type PlainText } from '../../text/plain';

/** A name no other own list has. @param except a name that may be kept. @throws Cancelled when dismissed. */
export async function askListName(
  deps: Pick<CommandDeps, 'ui' | 'lists'>,
  value: string,
  except?: string,
): Promise<string> {
  const name = await nameBox(deps, { value, except, back: false });
  if (name === BACK) throw new Cancelled();
  return name;
}

/** The same as a question of a form. */
export function askNameStep(
  deps: Pick<CommandDeps, 'ui' | 'lists'>,
  value: string,
  except?: string,
): Promise<string | typeof BACK> {
  return nameBox(deps, { value, except, back: true });
}

interface NameBox {
  readonly value: string;
  readonly except: string | undefined;
  readonly back: boolean;
}

function nameBox(
  { ui, lists: lists }: Pick<CommandDeps, 'ui' | 'lists'>,
  { value, except, back }: NameBox,
): Promise<string | typeof BACK> {
  const taken = lists.all().map(({ own }) => own.name);
  return inputStep(ui, {
    title: t('List name'),
    step: 1,
    totalSteps: 1,
    back,
    value,
    prompt: t('Name shown in the tree'),
    check: (typed) => {
      const twice = typed !== except && taken.includes(typed);
      const message = twice ? nameTaken(typed) : checkSavedList({ name: typed, everyone: true })?.message;
      return message === undefined ? undefined : { message: plain(message), severity: 'error' };
    },
  });
}

export function nameTaken(name: string): PlainText {
  return t('A list named {0} already exists.', name);
}

export const SCOPE_CHOICES: readonly Choice<SettingsLocation['scope']>[] = [
  { label: t('User settings'), description: t('for you, in every window'), value: 'user' },
  { label: t('Workspace settings'), description: t('for everyone who opens this folder'), value: 'workspace' },
];

export function scopeWords(scope: SettingsLocation['scope']): PlainText {
  return scope === 'user' ? t('user settings') : t('workspace settings');
}

/** Where a list is kept; asked only where there is a choice. @throws Cancelled when dismissed. */
export async function askScope({
  ui,
  workbench,
}: Pick<CommandDeps, 'ui' | 'workbench'>): Promise<SettingsLocation['scope']> {
  if (!workbench.hasFolder()) return 'user';
  return pickOne(ui, t('Save the list where?'), SCOPE_CHOICES);
}
