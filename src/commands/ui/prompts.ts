import * as vscode from 'vscode';
import { Cancelled } from './report';
import { t } from '../../text/l10n';
import {
  createInputBox,
  createQuickPick,
  showInputBox,
  showQuickPick,
  ask,
  type InputBox,
  type PickItem,
  type Validation,
} from '../../ui/window';
import { plain, type PlainText } from '../../text/plain';

/** The person pressed the Back button of a step. */
export const BACK = Symbol('back');

export interface StepPlace {
  readonly title: PlainText;
  readonly step: number;
  readonly totalSteps: number;
  /** Back leads out of the first step too. */
  readonly back?: boolean;
}

/** What is wrong with a typed text, and where: that part is selected when it is entered all the same. */
export interface InputMessage extends Validation {
  readonly wrong?: readonly [from: number, to: number];
}

export interface InputStep extends StepPlace {
  readonly value: string;
  /** Keeps what was typed when the step is left by Back. */
  readonly leave?: (value: string) => void;
  readonly prompt: PlainText;
  readonly placeholder?: PlainText;
  readonly password?: boolean;
  /** Checked at every keystroke; an `Info` message is shown but lets the person go on. */
  readonly check?: (value: string) => InputMessage | undefined;
  /** Tried on Enter while the box shows that it works; a returned sentence keeps the box open with what was typed. */
  readonly accept?: (value: string, signal: AbortSignal) => Promise<PlainText | undefined>;
}

/**
 * One text step of a wizard; stays open when VS Code loses the focus, so that a secret can be copied from elsewhere.
 *
 * @returns the text, or BACK. @throws Cancelled when dismissed; a check still running is aborted.
 */
export function inputStep(step: InputStep): Promise<string | typeof BACK> {
  const box = createInputBox();
  const abort = new AbortController();
  Object.assign(box, { ...heading(step), ignoreFocusOut: true });
  box.value = step.value;
  box.prompt = step.prompt;
  box.placeholder = step.placeholder;
  box.password = step.password ?? false;
  box.buttons = backButton(step);
  const check = (): boolean => {
    const message = step.check?.(box.value);
    box.validationMessage = message;
    return !message || message.severity === vscode.InputBoxValidationSeverity.Info;
  };
  const select = (): void => {
    const wrong = step.check?.(box.value)?.wrong;
    if (wrong) box.valueSelection = wrong;
  };
  if (box.value) check();
  return new Promise<string | typeof BACK>((resolve, reject) => {
    box.onDidChangeValue(check);
    box.onDidTriggerButton(() => {
      step.leave?.(box.value);
      resolve(BACK);
    });
    box.onDidHide(() => reject(new Cancelled()));
    box.onDidAccept(() => {
      if (box.busy) return;
      if (!check()) return select();
      accept(box, step, abort.signal).then((done) => {
        if (done) resolve(box.value);
      }, reject);
    });
    box.show();
  }).finally(() => {
    abort.abort();
    box.dispose();
  });
}

async function accept(box: InputBox, step: InputStep, signal: AbortSignal): Promise<boolean> {
  if (!step.accept) return true;
  box.busy = true;
  box.enabled = false;
  try {
    const problem = await step.accept(box.value, signal);
    box.validationMessage = problem;
    return problem === undefined;
  } finally {
    box.busy = false;
    box.enabled = true;
  }
}

export interface Choice<T> extends PickItem {
  readonly value: T;
}

/** One choice of a wizard. @returns the chosen value, or BACK. @throws Cancelled when dismissed. */
export function choiceStep<T>(
  place: StepPlace,
  placeholder: PlainText,
  items: readonly Choice<T>[],
  active?: T,
): Promise<T | typeof BACK> {
  const pick = createQuickPick<Choice<T>>();
  Object.assign(pick, { ...heading(place), placeholder, ignoreFocusOut: true });
  pick.items = items;
  pick.activeItems = items.filter(({ value }) => value === active);
  pick.buttons = backButton(place);
  return new Promise<T | typeof BACK>((resolve, reject) => {
    pick.onDidTriggerButton(() => resolve(BACK));
    pick.onDidHide(() => reject(new Cancelled()));
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item) resolve(item.value);
    });
    pick.show();
  }).finally(() => pick.dispose());
}

/** One step alone is not numbered. */
function heading({ title, step, totalSteps }: StepPlace) {
  return totalSteps > 1 ? { title, step, totalSteps } : { title };
}

function backButton({ step, back = step > 1 }: StepPlace): vscode.QuickInputButton[] {
  return back ? [vscode.QuickInputButtons.Back] : [];
}

/** One question of a wizard, or one that is passed over. */
export interface Step {
  readonly skip?: (() => boolean) | undefined;
  /** @returns BACK when the step before is wanted again. */
  readonly run: (place: { step: number; totalSteps: number }) => Promise<typeof BACK | undefined>;
}

/** A step that asks and keeps the answer. */
export function step<T extends string>({
  skip,
  ask,
  keep,
}: {
  readonly skip?: () => boolean;
  readonly ask: (place: { step: number; totalSteps: number }) => Promise<T | typeof BACK>;
  readonly keep: (answer: T) => void;
}): Step {
  return {
    skip,
    run: async (place) => {
      const answer = await ask(place);
      if (answer === BACK) return BACK;
      keep(answer);
      return undefined;
    },
  };
}

/**
 * Walks through the steps, back and forth.
 *
 * @returns BACK when the first was left by it. @throws Cancelled when one is dismissed.
 */
export async function wizard(steps: readonly Step[]): Promise<typeof BACK | undefined> {
  let back = false;
  let at = 0;
  for (let step = steps[at]; step; step = steps[at]) {
    if (!step.skip?.()) back = (await step.run({ step: at + 1, totalSteps: steps.length })) === BACK;
    at += back ? -1 : 1;
  }
  return back ? BACK : undefined;
}

/**
 * A modal question whose button names the effect.
 *
 * @throws Cancelled unless that button was pressed.
 */
export async function confirm(question: PlainText, detail: PlainText, button: PlainText): Promise<void> {
  const answer = await ask('warning', question, detail, button);
  if (answer !== button) throw new Cancelled();
}

/** For what must not happen by a habit of the hand: the name is typed that `prompt` asks for. @throws Cancelled when dismissed. */
export function confirmByTyping(title: PlainText, name: string, prompt: PlainText): Promise<void> {
  return typedExactly(title, name, prompt);
}

/** For what concerns many people at once: their number is typed, which `prompt` asks for. @throws Cancelled when dismissed. */
export function confirmByTypingNumber(title: PlainText, number: number, prompt: PlainText): Promise<void> {
  return typedExactly(title, String(number), prompt);
}

async function typedExactly(title: PlainText, text: string, prompt: PlainText): Promise<void> {
  // A name is typed as it is shown: without line breaks, direction marks and what else is made plain.
  const isTyped = (value = ''): boolean => asShown(value) !== '' && asShown(value) === asShown(text);
  const typed = await showInputBox({
    title,
    prompt,
    ignoreFocusOut: true,
    validateInput: (value) =>
      isTyped(value) ? undefined : { message: t('Type {0}', text), severity: vscode.InputBoxValidationSeverity.Error },
  });
  if (!isTyped(typed)) throw new Cancelled();
}

function asShown(text: string): string {
  return plain(text).replace(/\s+/g, ' ').trim();
}

/**
 * One choice outside a wizard; a single one is taken without asking, unless `always` says that it must be seen.
 *
 * @throws Cancelled when dismissed.
 */
export async function pickOne<T>(
  placeholder: PlainText,
  items: readonly Choice<T>[],
  { always = false }: { readonly always?: boolean } = {},
): Promise<T> {
  const [only, ...others] = items;
  if (only && others.length === 0 && !always) return only.value;
  const item = await showQuickPick(items, {
    placeHolder: placeholder,
    matchOnDescription: true,
    // A page that is still loading takes the focus: the way to an action must not end there.
    ignoreFocusOut: true,
  });
  if (!item) throw new Cancelled();
  return item.value;
}

/** Error text of a step that must not be left empty. */
export function required(value: string, text = t('Enter a value.')): Validation | undefined {
  return value.trim() ? undefined : { message: text, severity: vscode.InputBoxValidationSeverity.Error };
}
