import * as v from 'valibot';
import { listOfFitting, readAs } from '../../schema';
import { plain, type PlainText } from '../../text/plain';

/** VS Code gives a title that it translated together with the English one. */
const TITLE = v.union([
  v.string(),
  v.pipe(
    v.object({ value: v.string() }),
    v.transform(({ value }) => value),
  ),
]);

const COMMANDS = v.object({
  contributes: v.object({ commands: listOfFitting(v.object({ command: v.string(), title: v.optional(v.unknown()) })) }),
});

function declared(manifest: unknown) {
  return readAs(COMMANDS, manifest)?.contributes.commands ?? [];
}

/** The ids of the commands in a package.json, whatever their titles are. */
export function commandIds(manifest: unknown): string[] {
  return declared(manifest).map(({ command }) => command);
}

/** The titles of the commands in a package.json, without the dots that say that something is asked. */
export function commandTitles(manifest: unknown): ReadonlyMap<string, PlainText> {
  const titles = declared(manifest).map(({ command, title }) => [command, readAs(TITLE, title)] as const);
  return new Map(
    titles.flatMap(([command, title]) =>
      title === undefined ? [] : [[command, plain(title.replace(/(\.\.\.|…)$/, ''))] as const],
    ),
  );
}
