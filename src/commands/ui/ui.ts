/** What commands show and ask. `vscodeUi.ts` does it in VS Code; tests answer from a script. No vscode. */
import type { InputBox, InputBoxOptions, PickItem, PickList, PickListOptions } from '../../ui/boxes';
import type { CheckItem } from '../../ui/pickSeveral';
import type { MessageButton, ProgressPlace } from '../../ui/window';
import type { PlainText } from '../../text/plain';

export interface Ui {
  /** A message with buttons. @returns the button that was pressed, undefined when it was closed */
  showInformation(text: PlainText, ...buttons: readonly PlainText[]): Thenable<PlainText | undefined>;
  showWarning(text: PlainText, ...buttons: readonly PlainText[]): Thenable<PlainText | undefined>;
  showError<T extends MessageButton>(text: PlainText, ...buttons: readonly T[]): Thenable<T | undefined>;
  /** A modal question. @returns the button that was pressed */
  ask(
    kind: 'information' | 'warning',
    question: PlainText,
    detail: PlainText,
    ...buttons: readonly PlainText[]
  ): Thenable<PlainText | undefined>;
  sayInStatusBar(text: PlainText, milliseconds: number): void;
  /** Shows that something is under way until it settles; `signal` aborts when the person cancels. */
  showProgress<T>(
    place: ProgressPlace,
    title: PlainText | undefined,
    run: (signal: AbortSignal, report: (message: PlainText) => void) => Thenable<T>,
  ): Thenable<T>;
  createInputBox(options: InputBoxOptions): InputBox;
  createPickList<T extends PickItem>(options: PickListOptions): PickList<T>;
  /** Several rows of a list. @returns those checked, in the order of the list; undefined when it was closed */
  pickSeveral<T extends CheckItem>(question: PlainText, items: readonly T[]): Promise<readonly T[] | undefined>;
}
