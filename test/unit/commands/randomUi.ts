/** A person who answers anything with something, by chance, and in the end closes what is still open. All that is shown is kept. */
import type { Ui } from '../../../src/commands/ui/ui';
import type {
  InputBox,
  InputBoxOptions,
  PickItem,
  PickList,
  PickListEvents,
  PickListOptions,
  Validation,
} from '../../../src/ui/boxes';
import type { CheckItem } from '../../../src/ui/pickSeveral';
import type { MessageButton } from '../../../src/ui/window';
import type { PlainText } from '../../../src/text/plain';

/** Things that are typed or entered. */
const TYPED = ['', 'Ada', 'a', 'Acme', 'zzz', '<b>', 'attributes.city:Austin', 'name sw "A"', '*', '\u202e', '1'];
/** How often something is done to an open box or list before it is closed. */
const MOST_DEEDS = 4;

export class RandomUi implements Ui {
  /** Every text that was shown, since it was emptied. */
  readonly shown: string[] = [];
  /** Titles of errors that were shown. */
  readonly errors: string[] = [];
  /** Boxes and lists that are open now. */
  open = 0;

  /**
   * @param random 0 to 1
   * @param answers false: every question is closed without an answer
   */
  constructor(
    private readonly random: () => number,
    private readonly answers = true,
  ) {}

  showInformation(text: PlainText, ...buttons: readonly PlainText[]) {
    return Promise.resolve(this.press([text], buttons));
  }

  showWarning(text: PlainText, ...buttons: readonly PlainText[]) {
    return Promise.resolve(this.press([text], buttons));
  }

  showError<T extends MessageButton>(text: PlainText, ...buttons: readonly T[]) {
    this.errors.push(text);
    this.note(text, ...buttons.map(({ title }) => title));
    // What an error offers begins something anew, which might never end by chance.
    return Promise.resolve(undefined as T | undefined);
  }

  ask(_kind: string, question: PlainText, detail: PlainText, ...buttons: readonly PlainText[]) {
    return Promise.resolve(this.press([question, detail], buttons));
  }

  sayInStatusBar(text: PlainText): void {
    this.note(text);
  }

  showProgress<T>(
    _place: unknown,
    title: PlainText | undefined,
    run: (signal: AbortSignal, report: (message: PlainText) => void) => Thenable<T>,
  ): Thenable<T> {
    if (title !== undefined) this.note(title);
    const abort = new AbortController();
    if (this.random() < 0.1) setTimeout(() => abort.abort(), this.random() * 20);
    return run(abort.signal, (message) => this.note(message));
  }

  createInputBox(options: InputBoxOptions): InputBox {
    this.note(options.prompt, options.title, options.placeholder);
    return this.box((on, n) => {
      const value = this.one(TYPED);
      on.typed(value);
      if (n > 0 || this.random() < 0.7) on.entered(value);
      else on.back(value);
    });
  }

  createPickList<T extends PickItem>(options: PickListOptions): PickList<T> {
    this.note(options.placeholder, options.title);
    const box = this.box((on: PickListEvents<T>) => {
      this.noteRows(list.rows);
      const row = this.one(list.rows.filter(({ isSeparator }) => isSeparator !== true));
      const chance = this.random();
      if (chance < 0.3) {
        list.value = this.one(TYPED);
        on.typed?.(list.value);
      } else if (chance < 0.4 && row?.buttons?.length) on.rowButton?.(row, 0);
      else if (chance < 0.5) on.button?.();
      else if (chance < 0.6) on.back?.();
      else on.chosen(row);
    });
    const list: PickList<T> = {
      rows: [],
      active: undefined,
      value: options.value ?? '',
      title: options.title,
      busy: false,
      show: box.show,
      close: box.close,
    };
    return list;
  }

  pickSeveral<T extends CheckItem>(question: PlainText, items: readonly T[]): Promise<readonly T[] | undefined> {
    this.note(question, ...items.map(({ label }) => label));
    return Promise.resolve(this.answers ? items.filter(() => this.random() < 0.5) : undefined);
  }

  /** Something that stays open until it is closed, and to which something is done a few times. */
  private box<On extends { readonly closed: () => void }>(play: (on: On, n: number) => void) {
    let isOpen = false;
    const close = (): void => {
      if (isOpen) this.open--;
      isOpen = false;
    };
    const step = (on: On, n: number): void => {
      if (!isOpen) return;
      if (n < MOST_DEEDS && this.answers) play(on, n);
      else on.closed();
      if (isOpen && n >= MOST_DEEDS) return close();
      setTimeout(() => step(on, n + 1), 5);
    };
    return {
      show: (on: On) => {
        this.open++;
        isOpen = true;
        setTimeout(() => step(on, 0), 5);
      },
      close,
      say: (message: Validation | PlainText | undefined) =>
        this.note(typeof message === 'object' ? message.message : message),
      setBusy: () => undefined,
      select: () => undefined,
    };
  }

  private press(texts: readonly PlainText[], buttons: readonly PlainText[]): PlainText | undefined {
    this.note(...texts, ...buttons);
    return this.answers && this.random() < 0.8 ? this.one(buttons) : undefined;
  }

  private noteRows(rows: readonly PickItem[]): void {
    for (const { label, description, detail } of rows.slice(0, 50)) this.note(label, description, detail);
  }

  private note(...texts: readonly (string | undefined)[]): void {
    for (const text of texts) if (text !== undefined) this.shown.push(text);
  }

  private one<T>(from: readonly T[]): T {
    return from[Math.floor(this.random() * from.length)] as T;
  }
}
