/** Questions: one alone, one that must be confirmed, a wizard of several. Each takes what it is asked with (`Ui`). No vscode. */
import { Cancelled } from './report';
import type { Ui } from './ui';
import { t } from '../../text/l10n';
import { plain, type PlainText } from '../../text/plain';
import type { BoxHeading, IconButton, InputBox, PickItem, Validation } from '../../ui/boxes';

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

/** A button of a step that does not end it. */
export interface StepButton extends IconButton {
  readonly press: () => void;
}

export interface InputStep extends StepPlace {
  readonly value: string;
  /** Keeps what was typed when the step is left by Back. */
  readonly leave?: (value: string) => void;
  readonly prompt: PlainText;
  readonly placeholder?: PlainText;
  readonly password?: boolean;
  /** Helps with the answer; the box stays open. */
  readonly button?: StepButton;
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
export function inputStep(ui: Pick<Ui, 'createInputBox'>, step: InputStep): Promise<string | typeof BACK> {
  const { value, prompt, placeholder, password = false, button } = step;
  const box = ui.createInputBox({ ...heading(step), value, prompt, placeholder, password, button });
  const abort = new AbortController();
  let busy = false;
  const check = (typed: string): boolean => {
    const message = step.check?.(typed);
    box.say(message);
    return !message || message.severity === 'info';
  };
  if (value) check(value);
  return new Promise<string | typeof BACK>((resolve, reject) => {
    box.show({
      typed: check,
      back: (typed) => {
        step.leave?.(typed);
        resolve(BACK);
      },
      button: () => button?.press(),
      closed: () => reject(new Cancelled()),
      entered: (typed) => {
        if (busy) return;
        if (!check(typed)) {
          const wrong = step.check?.(typed)?.wrong;
          if (wrong) box.select(wrong);
          return;
        }
        busy = true;
        accept(box, step, typed, abort.signal)
          .then((done) => {
            if (done) resolve(typed);
          }, reject)
          .finally(() => (busy = false));
      },
    });
  }).finally(() => {
    abort.abort();
    box.close();
  });
}

async function accept(box: InputBox, step: InputStep, typed: string, signal: AbortSignal): Promise<boolean> {
  if (!step.accept) return true;
  box.setBusy(true);
  try {
    const problem = await step.accept(typed, signal);
    box.say(problem);
    return problem === undefined;
  } finally {
    box.setBusy(false);
  }
}

export interface Choice<T> extends PickItem {
  readonly value: T;
}

/** One choice of a wizard. @returns the chosen value, or BACK. @throws Cancelled when dismissed. */
export function choiceStep<T>(
  ui: Pick<Ui, 'createPickList'>,
  place: StepPlace,
  placeholder: PlainText,
  items: readonly Choice<T>[],
  active?: T,
): Promise<T | typeof BACK> {
  const list = ui.createPickList<Choice<T>>({ ...heading(place), placeholder, matchesDescriptions: true });
  list.rows = items;
  // Without a row that is active, Enter would do nothing.
  list.active = items.find(({ value }) => value === active) ?? items[0];
  return new Promise<T | typeof BACK>((resolve, reject) => {
    list.show({
      chosen: (row) => row && resolve(row.value),
      back: () => resolve(BACK),
      closed: () => reject(new Cancelled()),
    });
  }).finally(() => list.close());
}

/** The place of a question that is no part of several. */
export function alone(title: PlainText): StepPlace {
  return { title, step: 1, totalSteps: 1 };
}

/** One step alone is not numbered. */
function heading({ title, step, totalSteps, back = false }: StepPlace): BoxHeading {
  return { title, back, ...(totalSteps > 1 ? { step, totalSteps } : {}) };
}

/** One question of a wizard, or one that is passed over. */
export interface Step {
  readonly skip?: (() => boolean) | undefined;
  /** Asks for the rest of what the question before began with: it has the same number. */
  readonly sameNumber?: boolean;
  /** @returns BACK when the step before is wanted again. */
  readonly run: (place: Place) => Promise<typeof BACK | undefined>;
}

type Place = Pick<StepPlace, 'step' | 'totalSteps' | 'back'>;

/** A step that asks and keeps the answer. */
export function step<T>({
  skip,
  sameNumber = false,
  ask,
  keep,
}: Pick<Step, 'skip' | 'sameNumber'> & {
  readonly ask: (place: Place) => Promise<T | typeof BACK>;
  readonly keep: (answer: T) => void;
}): Step {
  return {
    skip,
    sameNumber,
    run: async (place) => {
      const answer = await ask(place);
      if (answer === BACK) return BACK;
      keep(answer);
      return undefined;
    },
  };
}

/**
 * Walks through the steps, back and forth. Those that are passed over are not counted, as far as the answers tell by then.
 *
 * @returns BACK when the first was left by it. @throws Cancelled when one is dismissed.
 */
export async function wizard(steps: readonly Step[]): Promise<typeof BACK | undefined> {
  let back = false;
  let at = 0;
  for (let step = steps[at]; step; step = steps[at]) {
    const isAsked = (one: Step): boolean => one === step || one.skip?.() !== true;
    const numbered = (some: readonly Step[]): number =>
      some.filter((one) => isAsked(one) && one.sameNumber !== true).length;
    const place = {
      step: numbered(steps.slice(0, at + 1)),
      totalSteps: numbered(steps),
      back: steps.slice(0, at).some(isAsked),
    };
    if (!step.skip?.()) back = (await step.run(place)) === BACK;
    at += back ? -1 : 1;
  }
  return back ? BACK : undefined;
}

/**
 * A modal question whose button names the effect. The other button does something else instead.
 *
 * @throws Cancelled unless the first button was pressed.
 */
export async function confirm(
  ui: Pick<Ui, 'ask'>,
  question: PlainText,
  detail: PlainText,
  button: PlainText,
  other?: { readonly label: PlainText; readonly run: () => void },
): Promise<void> {
  const answer = await ui.ask('warning', question, detail, button, ...(other ? [other.label] : []));
  if (answer === other?.label) other?.run();
  if (answer !== button) throw new Cancelled();
}

/** For what must not happen by a habit of the hand: the name is typed that `prompt` asks for. @throws Cancelled when dismissed. */
export function confirmByTyping(
  ui: Pick<Ui, 'createInputBox'>,
  place: StepPlace,
  name: string,
  prompt: PlainText,
): Promise<void> {
  return typedExactly(ui, place, name, prompt);
}

/** For what concerns many people at once: their number is typed, which `prompt` asks for. @throws Cancelled when dismissed. */
export function confirmByTypingNumber(
  ui: Pick<Ui, 'createInputBox'>,
  title: PlainText,
  number: number,
  prompt: PlainText,
): Promise<void> {
  return typedExactly(ui, alone(title), String(number), prompt);
}

async function typedExactly(
  ui: Pick<Ui, 'createInputBox'>,
  place: StepPlace,
  text: string,
  prompt: PlainText,
): Promise<void> {
  // A name is typed as it is shown: without line breaks, direction marks and what else is made plain.
  const isTyped = (value: string): boolean => asShown(value) !== '' && asShown(value) === asShown(text);
  const typed = await inputStep(ui, {
    ...place,
    value: '',
    prompt,
    check: (value) => (isTyped(value) ? undefined : { message: t('Type {0}', text), severity: 'error' }),
  });
  if (typed === BACK || !isTyped(typed)) throw new Cancelled();
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
  ui: Pick<Ui, 'createPickList'>,
  placeholder: PlainText,
  items: readonly Choice<T>[],
  { always = false }: { readonly always?: boolean } = {},
): Promise<T> {
  const [only, ...others] = items;
  if (only && others.length === 0 && !always) return only.value;
  const list = ui.createPickList<Choice<T>>({ placeholder, matchesDescriptions: true });
  list.rows = items;
  return new Promise<T>((resolve, reject) => {
    list.show({ chosen: (row) => row && resolve(row.value), closed: () => reject(new Cancelled()) });
  }).finally(() => list.close());
}

/** Error text of a step that must not be left empty. */
export function required(value: string, text = t('Enter a value.')): Validation | undefined {
  return value.trim() ? undefined : { message: text, severity: 'error' };
}
