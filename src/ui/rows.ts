/** Rows of our trees, to tell them from whatever else a command may be called with. No vscode. */

const handedOver = new WeakSet();

/** Notes a row that is handed to VS Code, which gives the very same object to the commands of its menus. */
export function noteRow(row: object): void {
  handedOver.add(row);
}

/** True for such a row only: nobody else can make one. */
export function isRow(argument: unknown): argument is object {
  return typeof argument === 'object' && argument !== null && handedOver.has(argument);
}
