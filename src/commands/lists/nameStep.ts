import { checkSavedList, type SettingsLocation } from '../../lists/savedLists';
import type { CommandDeps } from '../ui/deps';
import { alone, BACK, choiceStep, inputStep, step, wizard, type Choice, type StepPlace } from '../ui/prompts';
import { Cancelled } from '../ui/report';
import { t } from '../../text/l10n';
import { plain, type PlainText } from '../../text/plain';

/** What a list is called, and where it is kept. */
export interface Keeping {
  readonly name: string;
  readonly scope: SettingsLocation['scope'];
}

/**
 * Asks for a name no other own list has, and where the list is kept; that only where there is a choice.
 *
 * @throws Cancelled when dismissed.
 */
export async function askKeeping(
  deps: Pick<CommandDeps, 'ui' | 'lists' | 'workbench'>,
  title: PlainText,
  value: string,
): Promise<Keeping> {
  const form: { name: string; scope: SettingsLocation['scope'] } = { name: value, scope: 'user' };
  await wizard([
    step({
      ask: (place) => nameBox(deps, { ...place, title, value: form.name }),
      keep: (name) => {
        form.name = name;
      },
    }),
    step<SettingsLocation['scope']>({
      skip: () => !deps.workbench.hasSettings(),
      ask: (place) => choiceStep(deps.ui, { ...place, title }, t('Save the list where?'), SCOPE_CHOICES, form.scope),
      keep: (scope) => {
        form.scope = scope;
      },
    }),
  ]);
  return form;
}

/** A name no other own list has. @throws Cancelled when dismissed. */
export async function askListName(
  deps: Pick<CommandDeps, 'ui' | 'lists'>,
  title: PlainText,
  value: string,
): Promise<string> {
  const name = await nameBox(deps, { ...alone(title), value });
  if (name === BACK) throw new Cancelled();
  return name;
}

/** The same as a question of a form. @param except a name that may be kept. */
export function askNameStep(
  deps: Pick<CommandDeps, 'ui' | 'lists'>,
  value: string,
  except?: string,
): Promise<string | typeof BACK> {
  return nameBox(deps, { ...alone(t('List name')), value, except, back: true });
}

interface NameBox extends StepPlace {
  readonly value: string;
  readonly except?: string | undefined;
}

function nameBox(
  { ui, lists: lists }: Pick<CommandDeps, 'ui' | 'lists'>,
  { value, except, ...place }: NameBox,
): Promise<string | typeof BACK> {
  const taken = lists.all().map(({ own }) => own.name);
  return inputStep(ui, {
    ...place,
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
