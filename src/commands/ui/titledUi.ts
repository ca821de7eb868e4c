import type { PlainText } from '../../text/plain';
import type { Ui } from './ui';

/** The same `Ui`, in which every box and list that has no title of its own says which command it belongs to. */
export function titledUi(ui: Ui, title: PlainText): Ui {
  const titled: Pick<Ui, 'createInputBox' | 'createPickList'> = {
    createInputBox: (options) => ui.createInputBox({ ...options, title: options.title ?? title }),
    createPickList: (options) => ui.createPickList({ ...options, title: options.title ?? title }),
  };
  return Object.assign(Object.create(ui) as Ui, titled);
}

/** What a command works with, in which `ui` is its own. All else is shared. */
export function withTitle<D extends { readonly ui: Ui }>(deps: D, title: PlainText): D {
  return { ...deps, ui: titledUi(deps.ui, title) };
}
