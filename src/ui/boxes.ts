/** Input boxes and lists to choose from, with what is VS Code's own about them kept here: whoever uses them needs no vscode. */
import * as vscode from 'vscode';
import type { PlainText } from '../text/plain';

/** What stands above a box. `back` gives it a Back button. */
export interface BoxHeading {
  readonly title?: PlainText | undefined;
  readonly step?: number;
  readonly totalSteps?: number;
  readonly back?: boolean;
}

/** A button with an icon of VS Code's. */
export interface IconButton {
  readonly icon: string;
  readonly tooltip: PlainText;
}

/** What stands below an input box, in place of the prompt while it is there; `info` lets the person go on. */
export interface Validation {
  readonly message: PlainText;
  readonly severity: 'error' | 'info';
}

export interface InputBoxOptions extends BoxHeading {
  readonly value?: string;
  readonly prompt: PlainText;
  readonly placeholder?: PlainText | undefined;
  readonly password?: boolean;
  readonly button?: IconButton | undefined;
}

/** What a person does with an input box. `closed` comes after `close`, too. */
export interface InputBoxEvents {
  readonly typed: (value: string) => void;
  readonly entered: (value: string) => void;
  readonly back: (value: string) => void;
  readonly button?: () => void;
  readonly closed: () => void;
}

/** An input box. It stays open when something else takes the focus: a secret is copied from elsewhere. */
export interface InputBox {
  show(on: InputBoxEvents): void;
  /** Says something in place of the prompt; undefined: the prompt again. */
  say(message: Validation | PlainText | undefined): void;
  /** Takes no input, and shows that it works. */
  setBusy(busy: boolean): void;
  select(range: readonly [from: number, to: number]): void;
  close(): void;
}

export function createInputBox({ value = '', prompt, ...options }: InputBoxOptions): InputBox {
  const box = vscode.window.createInputBox();
  setHeading(box, options);
  const { Back } = vscode.QuickInputButtons;
  if (options.button) box.buttons = [...box.buttons, toVscodeButton(options.button)];
  box.ignoreFocusOut = true;
  box.value = value;
  box.prompt = prompt;
  box.placeholder = options.placeholder;
  box.password = options.password ?? false;
  return {
    show(on) {
      box.onDidChangeValue(on.typed);
      box.onDidAccept(() => on.entered(box.value));
      box.onDidTriggerButton((button) => (button === Back ? on.back(box.value) : on.button?.()));
      box.onDidHide(on.closed);
      box.show();
    },
    say(message) {
      box.validationMessage = typeof message === 'object' ? toValidationMessage(message) : message;
    },
    setBusy(busy) {
      box.busy = busy;
      box.enabled = !busy;
    },
    select(range) {
      box.valueSelection = range;
    },
    close: () => box.dispose(),
  };
}

function toValidationMessage({ message, severity }: Validation): vscode.InputBoxValidationMessage {
  const { Error, Info } = vscode.InputBoxValidationSeverity;
  return { message, severity: severity === 'error' ? Error : Info };
}

/** A row of a list to choose from. */
export interface PickItem {
  readonly label: PlainText;
  readonly description?: PlainText;
  readonly detail?: PlainText;
  /** Is there whatever is typed. */
  readonly alwaysShow?: boolean;
  readonly buttons?: readonly IconButton[];
  /** A heading above the rows that follow. */
  readonly isSeparator?: true;
}

export interface PickListOptions extends BoxHeading {
  readonly placeholder: PlainText;
  readonly value?: string;
  readonly button?: IconButton | undefined;
  /** It goes away when something else takes the focus; others stay, so that the way to an action does not end there. */
  readonly closesByFocus?: boolean;
  /** What is typed is looked for in descriptions, too. */
  readonly matchesDescriptions?: boolean;
  /** Rows stay in their order while one types. Else those that match what is typed come first. */
  readonly keepsOrder?: boolean;
}

/** What a person does with a list. `closed` comes after `close`, too. */
export interface PickListEvents<T> {
  readonly typed?: (value: string) => void;
  readonly chosen: (row: T | undefined) => void;
  /** One of a row's buttons, by its place among them. */
  readonly rowButton?: (row: T, at: number) => void;
  readonly back?: () => void;
  readonly button?: () => void;
  readonly closed: () => void;
}

/** A list to choose from, which may change while it is open. */
export interface PickList<T extends PickItem> {
  rows: readonly T[];
  /** Where the cursor is. */
  active: T | undefined;
  /** What is typed. */
  value: string;
  title: PlainText | undefined;
  busy: boolean;
  show(on: PickListEvents<T>): void;
  close(): void;
}

type VscodeRow<T> = vscode.QuickPickItem & { readonly row: T };

export function createPickList<T extends PickItem>({ placeholder, ...options }: PickListOptions): PickList<T> {
  return new VscodePickList(placeholder, options);
}

class VscodePickList<T extends PickItem> implements PickList<T> {
  private readonly pick = vscode.window.createQuickPick<VscodeRow<T>>();
  private readonly hasBack: boolean;

  constructor(placeholder: PlainText, options: Omit<PickListOptions, 'placeholder'>) {
    setHeading(this.pick, options);
    this.hasBack = options.back === true;
    if (options.button) this.pick.buttons = [...this.pick.buttons, toVscodeButton(options.button)];
    this.pick.placeholder = placeholder;
    this.pick.value = options.value ?? '';
    this.pick.ignoreFocusOut = options.closesByFocus !== true;
    this.pick.matchOnDescription = options.matchesDescriptions === true;
    // VS Code has this, but not in its published types: without it only the order would be another.
    if (options.keepsOrder) Object.assign(this.pick, { sortByLabel: false });
  }

  get rows(): readonly T[] {
    return this.pick.items.map(({ row }) => row);
  }

  set rows(rows: readonly T[]) {
    this.pick.items = rows.map((row) => ({ ...toVscodeItem(row), row }));
  }

  get active(): T | undefined {
    return this.pick.activeItems[0]?.row;
  }

  set active(active: T | undefined) {
    this.pick.activeItems = this.pick.items.filter(({ row }) => row === active);
  }

  get value(): string {
    return this.pick.value;
  }

  set value(value: string) {
    this.pick.value = value;
  }

  get title(): PlainText | undefined {
    return this.pick.title as PlainText | undefined;
  }

  set title(title: PlainText | undefined) {
    this.pick.title = title;
  }

  get busy(): boolean {
    return this.pick.busy;
  }

  set busy(busy: boolean) {
    this.pick.busy = busy;
  }

  show({ typed, chosen, rowButton, back, button, closed }: PickListEvents<T>): void {
    if (typed) this.pick.onDidChangeValue(typed);
    this.pick.onDidAccept(() => chosen(this.pick.selectedItems[0]?.row));
    this.pick.onDidTriggerItemButton(({ item, button }) => rowButton?.(item.row, item.buttons?.indexOf(button) ?? -1));
    this.pick.onDidTriggerButton(() => (this.hasBack ? back?.() : button?.()));
    this.pick.onDidHide(closed);
    this.pick.show();
  }

  close(): void {
    this.pick.dispose();
  }
}

function toVscodeItem({
  label,
  description,
  detail,
  alwaysShow,
  buttons,
  isSeparator,
}: PickItem): vscode.QuickPickItem {
  return {
    label,
    ...(isSeparator ? { kind: vscode.QuickPickItemKind.Separator } : {}),
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
    ...(alwaysShow === undefined ? {} : { alwaysShow }),
    ...(buttons === undefined ? {} : { buttons: buttons.map(toVscodeButton) }),
  };
}

function toVscodeButton({ icon, tooltip }: IconButton): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip };
}

function setHeading(
  box: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  { title, step, totalSteps, back }: BoxHeading,
): void {
  box.title = title;
  box.step = step;
  box.totalSteps = totalSteps;
  box.buttons = back ? [vscode.QuickInputButtons.Back] : [];
}
