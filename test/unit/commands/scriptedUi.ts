/**
 * A person who answers what commands ask, by a script given in advance. What nobody expected is noted and dismissed, and so is
 * an answer that was never wanted: `verify` throws for both.
 */
import type { Ui } from '../../../src/commands/ui/ui';
import type {
  BoxHeading,
  InputBox,
  InputBoxEvents,
  InputBoxOptions,
  PickItem,
  PickList,
  PickListEvents,
  PickListOptions,
  Validation,
} from '../../../src/ui/boxes';
import type { PlainText } from '../../../src/text/plain';
import type { CheckItem } from '../../../src/ui/pickSeveral';
import type { MessageButton } from '../../../src/ui/window';

/** Closes a message, a box or a list without an answer. */
export const DISMISS = Symbol('dismiss');
/** Presses Back. */
export const BACK_BUTTON = Symbol('back');

/** Presses Enter in a list: on the row where the cursor is, which VS Code puts on the first one. */
export const ENTER = Symbol('enter');

/** Waits until the list is closed by what was done before. */
export const WAIT = Symbol('wait');

/** What is seen of a list while it is open. */
export type Seen = Pick<PickList<PickItem>, 'rows' | 'title' | 'active'>;

/**
 * One thing that is done to what is asked: a text is the button of a message, the text entered in a box (with Enter), the row
 * chosen in a list; of a list more can be done.
 */
export type Deed =
  | string
  | typeof DISMISS
  | typeof BACK_BUTTON
  | typeof ENTER
  | typeof WAIT
  | { readonly type: string }
  | { readonly rowButton: string; readonly tooltip?: string }
  | { readonly button: true }
  /** Waits for a row, and looks at the list then. */
  | { readonly row: string; readonly look: (list: Seen) => void }
  /** Checks these rows of a list and no others. */
  | { readonly check: readonly string[] };

/** What was asked: the whole of it, for a test to compare. */
export interface Asked {
  readonly question: string;
  readonly detail?: string;
  /** Buttons of a message, rows of a list as it was opened. */
  readonly offered?: readonly string[];
  /** "2/4": which of how many questions. */
  readonly step?: string;
}

interface Expected {
  readonly question: string | RegExp;
  readonly deeds: readonly Deed[];
}

/** Long enough for every answer of the demo tenant. */
const PATIENCE_MS = 5_000;

export class ScriptedUi implements Ui {
  /** Everything that was asked or shown as a message, in order. */
  readonly asked: Asked[] = [];
  /** The pick lists that were shown, with their rows as they are now. */
  readonly lists: { readonly rows: readonly PickItem[] }[] = [];
  /** What the status bar said. */
  readonly said: string[] = [];
  /** What an input box said about what was entered. */
  readonly refusals: string[] = [];
  /** Titles of what was shown as under way, and what was reported there. */
  readonly progress: string[] = [];
  /** Titles of progress notifications that are cancelled at once. */
  readonly cancels = new Set<string>();
  private readonly expected: Expected[] = [];
  private readonly faults: string[] = [];

  /** The next time this is asked, these things are done, one after the other; nothing: it is closed. */
  on(question: string | RegExp, ...deeds: readonly Deed[]): this {
    this.expected.push({ question, deeds: deeds.length === 0 ? [DISMISS] : deeds });
    return this;
  }

  /** The question, and what was said about it. */
  askedAbout(question: string): Asked | undefined {
    return this.asked.find((each) => each.question === question);
  }

  /** @throws when something was asked that the script does not know, or an answer is left over */
  verify(): void {
    const left = this.expected.map(({ question }) => `never asked: ${String(question)}`);
    const faults = [...this.faults, ...left];
    this.expected.length = 0;
    this.faults.length = 0;
    if (faults.length > 0) throw new Error(faults.join('\n'));
  }

  showInformation(text: PlainText, ...buttons: readonly PlainText[]) {
    return Promise.resolve(this.message(text, undefined, buttons));
  }

  showWarning(text: PlainText, ...buttons: readonly PlainText[]) {
    return Promise.resolve(this.message(text, undefined, buttons));
  }

  showError<T extends MessageButton>(text: PlainText, ...buttons: readonly T[]) {
    const titles = buttons.map(({ title }) => title);
    const pressed = this.message(text, undefined, titles);
    return Promise.resolve(buttons.find(({ title }) => title === pressed));
  }

  ask(_kind: string, question: PlainText, detail: PlainText, ...buttons: readonly PlainText[]) {
    return Promise.resolve(this.message(question, detail, buttons));
  }

  sayInStatusBar(text: PlainText): void {
    this.said.push(text);
  }

  showProgress<T>(
    place: unknown,
    title: PlainText | undefined,
    run: (signal: AbortSignal, report: (message: PlainText) => void) => Thenable<T>,
  ): Thenable<T> {
    const abort = new AbortController();
    if (title !== undefined) this.progress.push(title);
    const running = run(abort.signal, (message) => this.progress.push(message));
    if (title !== undefined && place === 'notification' && this.cancels.has(title)) abort.abort();
    return running;
  }

  createInputBox(options: InputBoxOptions): InputBox {
    const { prompt, title = '' } = options;
    let { value = '' } = options;
    let message: Validation | PlainText | undefined;
    let busy = false;
    let closed: (() => void) | undefined;
    const play = async (on: InputBoxEvents): Promise<void> => {
      for (const deed of this.deedsFor([prompt, title], { question: prompt, detail: title, ...stepOf(options) })) {
        if (deed === DISMISS) return on.closed();
        else if (deed === BACK_BUTTON) on.back(value);
        else if (typeof deed === 'string') {
          value = deed;
          on.typed(value);
          on.entered(value);
          await this.until(() => !busy, `${prompt}: still busy`);
          if (message !== undefined) this.refusals.push(typeof message === 'object' ? message.message : message);
        } else if (typeof deed === 'object' && 'type' in deed) {
          value = deed.type;
          on.typed(value);
        } else if (typeof deed === 'object' && 'button' in deed) {
          if (options.button) on.button?.();
          else this.faults.push(`${prompt}: has no button`);
        } else this.faults.push(`${prompt}: a box has no ${String(JSON.stringify(deed))}`);
        await tick();
      }
      if (closed) this.faults.push(`still open: ${prompt} ${this.refusals.at(-1) ?? ''}`);
      closed?.();
    };
    return {
      show: (on) => {
        closed = on.closed;
        void play(on);
      },
      say: (said) => (message = said),
      setBusy: (now) => (busy = now),
      select: () => undefined,
      close: () => (closed = undefined),
    };
  }

  createPickList<T extends PickItem>(options: PickListOptions): PickList<T> {
    const { placeholder, title, value = '' } = options;
    let closed: (() => void) | undefined;
    const play = async (on: PickListEvents<T>): Promise<void> => {
      const rows = list.rows.map(labelOf);
      const detail = title === undefined ? {} : { detail: title };
      const deeds = this.deedsFor([placeholder, title ?? ''], {
        question: placeholder,
        ...detail,
        offered: rows,
        ...stepOf(options),
      });
      for (const deed of deeds) {
        if (deed === WAIT) await this.until(() => closed === undefined, `still open: ${title ?? placeholder}`);
        else await this.playInList(deed, list, on);
        await tick();
        if (deed === DISMISS) return;
      }
      if (closed) this.faults.push(`still open: ${title ?? placeholder}`);
      closed?.();
    };
    const list: PickList<T> = {
      rows: [],
      active: undefined,
      value,
      title,
      busy: false,
      show: (on) => {
        closed = on.closed;
        void tick().then(() => play(on));
      },
      close: () => (closed = undefined),
    };
    this.lists.push(list);
    return list;
  }

  pickSeveral<T extends CheckItem>(question: PlainText, items: readonly T[]): Promise<readonly T[] | undefined> {
    const offered = items.map(({ label, picked }) => (picked ? `[x] ${label}` : label));
    const [deed] = this.deedsFor([question], { question, offered });
    if (typeof deed !== 'object' || !('check' in deed)) return Promise.resolve(undefined);
    const { check } = deed;
    for (const label of check) if (!items.some((item) => item.label === label)) this.faults.push(`no row "${label}"`);
    return Promise.resolve(items.filter(({ label }) => check.includes(label)));
  }

  private async playInList<T extends PickItem>(
    deed: Exclude<Deed, typeof WAIT>,
    list: PickList<T>,
    on: PickListEvents<T>,
  ): Promise<void> {
    const rowWith = async (label: string): Promise<T | undefined> => {
      const find = (): T | undefined => list.rows.find((row) => labelOf(row) === label);
      await this.until(
        () => find() !== undefined && !list.busy,
        () => `no row "${label}" in: ${list.rows.map(labelOf).join(' | ')}`,
      );
      return find();
    };
    if (deed === DISMISS) on.closed();
    else if (deed === BACK_BUTTON) on.back?.();
    else if (deed === ENTER) on.chosen(list.active ?? list.rows[0]);
    else if (typeof deed === 'string') on.chosen(await rowWith(deed));
    else if ('type' in deed) {
      list.value = deed.type;
      on.typed?.(deed.type);
    } else if ('rowButton' in deed) {
      const row = await rowWith(deed.rowButton);
      const at = row?.buttons?.findIndex(({ tooltip }) => tooltip === (deed.tooltip ?? tooltip)) ?? -1;
      if (row && at >= 0) on.rowButton?.(row, at);
      else this.faults.push(`no button ${deed.tooltip ?? ''} on ${deed.rowButton}`);
    } else if ('row' in deed) {
      await rowWith(deed.row);
      try {
        deed.look(list);
      } catch (error) {
        this.faults.push(error instanceof Error ? error.message : String(error));
      }
    } else on.button?.();
  }

  private message(text: string, detail: string | undefined, offered: readonly PlainText[]): PlainText | undefined {
    const [deed, ...more] = this.deedsFor([text], {
      question: text,
      offered,
      ...(detail === undefined ? {} : { detail }),
    });
    if (deed === DISMISS) return undefined;
    const pressed = offered.find((button) => button === deed);
    if (pressed === undefined || more.length > 0)
      this.faults.push(`${text}: no button ${JSON.stringify(deed)} in ${offered.join()}`);
    return pressed;
  }

  private deedsFor(names: readonly string[], asked: Asked): readonly Deed[] {
    this.asked.push(asked);
    const at = this.expected.findIndex(({ question }) =>
      names.some((name) => (typeof question === 'string' ? name === question : question.test(name))),
    );
    const [found] = at < 0 ? [] : this.expected.splice(at, 1);
    if (!found) this.faults.push(`not expected: ${names.filter(Boolean).join(' | ')}`);
    return found?.deeds ?? [DISMISS];
  }

  private async until(met: () => boolean, otherwise: string | (() => string)): Promise<void> {
    const end = Date.now() + PATIENCE_MS;
    while (!met() && Date.now() < end) await tick();
    if (!met()) this.faults.push(typeof otherwise === 'string' ? otherwise : otherwise());
  }
}

function stepOf({ step, totalSteps }: BoxHeading): { readonly step?: string } {
  return step === undefined ? {} : { step: `${String(step)}/${String(totalSteps)}` };
}

/** Of a row, without its icon. */
function labelOf({ label }: PickItem): string {
  return label.replace(/^\$\([^)]*\) /, '');
}

function tick(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}
